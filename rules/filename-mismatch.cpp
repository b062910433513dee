// The name of a revision's file has another id than the revision.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1); }

/// The id, or the twelve characters that Alembic's own ids have and a longer one may be cut to.
bool has_id(std::string_view file, std::string_view id) {
  constexpr std::size_t kShort = 12;
  return file.contains(id) || (id.size() > kShort && file.contains(id.substr(0, kShort)));
}

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  const std::string_view file = file_name(context.path(migration.id_span));
  if (migration.runner != "alembic" || migration.id.empty() || file.empty() || file.front() == '<' || has_id(file, migration.id)) return;
  const auto& all = context.moment().history.migrations;
  const auto named = std::ranges::count_if(all, [&](const ir::Migration& other) { return has_id(file_name(context.path(other.id_span)), other.id); });
  if (2 * named < static_cast<std::ptrdiff_t>(all.size())) return;
  context.report(rule::head_of(migration), fmt::format("This revision is {}, and its file is called {}; others of this history have their id in the name", migration.id, file)).help =
      fmt::format("rename the file, with {} where the old id stands", migration.id);
}

}  // namespace

extern constinit const rule::RuleChecks filename_mismatch = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
