// The docstring of a revision names another id, or another parent, than the revision has.
#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// What stands behind the word on a line of its own; nothing where there is no such line.
std::optional<std::string_view> behind(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    if (starts_with_ignoring_case(line, word)) return trim(line.substr(word.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

/// "a1, b2" as ids.
std::vector<std::string> ids_in(std::string_view text) {
  constexpr std::string_view kBetween = " ,()'\"[]";
  std::vector<std::string> ids;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) return ids;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(kBetween), text.size());
    ids.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool is_same(std::string_view left, std::string_view right) { return left.starts_with(right) || right.starts_with(left); }

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  if (migration.runner != "alembic") return;
  if (const auto id = behind(migration.description, "revision id:"); id && !id->empty() && !is_same(*id, migration.id)) {
    context.report(rule::head_of(migration), fmt::format("The docstring says Revision ID: {}, and the revision is {}", *id, migration.id)).help = fmt::format("Revision ID: {}", migration.id);
    return;
  }
  const auto revises = behind(migration.description, "revises:");
  if (!revises || *revises == "None" || context.moment().history.migrations.empty()) return;
  const std::vector<std::string> named = ids_in(*revises);
  const auto is_parent = [&](const std::string& name) { return std::ranges::any_of(migration.parents, [&](const std::string& parent) { return is_same(name, parent); }); };
  if (named.size() == migration.parents.size() && std::ranges::all_of(named, is_parent)) return;
  const std::string parents = fmt::format("{}", fmt::join(migration.parents, ", "));
  Finding& finding = context.report(rule::head_of(migration), fmt::format("The docstring says Revises: {}, and the revision follows {}", named.empty() ? "nothing" : *revises, parents.empty() ? "nothing" : parents));
  finding.help = fmt::format("Revises: {}", parents);
}

}  // namespace

extern constinit const rule::RuleChecks revision_id_mismatch = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
