// A migration whose number is not the one behind that of the migration before it.
#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The number that the id begins with, be it behind letters: "0042_add" and "V42" are 42.
std::optional<std::uint64_t> number_of(std::string_view id) {
  const std::size_t begin = std::min(id.find_first_of("0123456789"), id.size());
  if (std::ranges::any_of(id.substr(0, begin), [](char c) { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z'); })) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data() + begin, id.data() + id.size(), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// The migration that this one follows; null: none, or several.
const ir::Migration* before(const ir::Migration& migration, const history::History& history) {
  const std::vector<ir::Migration>& all = history.migrations;
  if (migration.runner == "alembic") {
    if (migration.parents.size() != 1) return nullptr;
    const auto parent = std::ranges::find(all, migration.parents.front(), &ir::Migration::id);
    return parent == all.end() ? nullptr : &*parent;
  }
  const ir::Migration* const first = all.data();
  return &migration == first || (&migration - 1)->repeatable ? nullptr : &migration - 1;
}

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  if (!context.conventions().revision_sequence || migration.repeatable || migration.up.state == ir::PartState::missing) return;
  const ir::Migration* previous = before(migration, context.moment().history);
  const std::optional<std::uint64_t> last = previous == nullptr ? std::nullopt : number_of(previous->id);
  if (!last) return;
  const std::optional<std::uint64_t> number = number_of(migration.id);
  if (number == *last + 1) return;
  const Span place = rule::head_of(migration);
  Finding& finding = context.report(place, number ? fmt::format("{} follows {}, so its number should be {}, not {}", migration.id, previous->id, *last + 1, *number)
                                                  : fmt::format("{} has no number; it follows {}, so it should have {}", migration.id, previous->id, *last + 1));
  finding.help = migration.runner == "alembic" ? fmt::format("let `revision` begin with {}, and the `down_revision` of what follows", *last + 1) : fmt::format("let the name of the file begin with {}", *last + 1);
}

}  // namespace

extern constinit const rule::RuleChecks revision_sequence = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
