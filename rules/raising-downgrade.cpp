// A down part that refuses: an honest answer where something is lost for good, a gap where it is not.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/rule/difference.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

using catalog::Difference;

/// What is gone with its values, and what overwrites or deletes rows: no statement brings it back.
bool loses(const Difference& difference) {
  return difference.outcome == Difference::Outcome::missing &&
         (difference.piece == Difference::Piece::relation || difference.piece == Difference::Piece::column);
}

/// No statement removes it again.
bool stays(const Difference& difference) { return difference.piece == Difference::Piece::enum_value; }

bool writes_rows(std::span<const ir::Statement> statements) {
  return std::ranges::any_of(statements, [](const ir::Statement& statement) {
    return writes_rows(statement.body) || std::ranges::any_of(statement.steps, [](const ir::Step& step) {
             return std::holds_alternative<ir::op::Update>(step.operation) || std::holds_alternative<ir::op::Delete>(step.operation) ||
                    std::holds_alternative<ir::op::Insert>(step.operation) || std::holds_alternative<ir::op::Merge>(step.operation) ||
                    std::holds_alternative<ir::op::Truncate>(step.operation) || std::holds_alternative<ir::op::AlterColumnType>(step.operation);
           });
  });
}

/// "users.nickname", "old_users": what the up part deletes.
std::string name_of(const rule::Context& context, const Difference& difference) {
  const ir::RelationName relation{.value = difference.name, .span = {}};
  return difference.piece == Difference::Piece::column ? rule::column_of(context, relation, difference.part) : context.name_of(relation);
}

void on_round_trip(const rule::RoundTripEnd& end, rule::Context& context) {
  const ir::Migration& migration = context.moment().migration;
  if (migration.down.state != ir::PartState::raising) return;
  std::vector<std::string> lost;
  std::vector<const Difference*> left;
  bool undoable = end.trip.certain && !writes_rows(migration.up.statements);
  for (const history::PlacedDifference& placed : end.trip.differences) {
    if (loses(placed.difference)) lost.push_back(name_of(context, placed.difference));
    if (stays(placed.difference)) undoable = false;
    left.push_back(&placed.difference);
  }
  undoable = undoable && lost.empty() && !left.empty();

  const Span place = migration.down.span.empty() ? migration.id_span : migration.down.span;
  const std::string raises = fmt::format("The down part of {} raises", migration.id);
  std::string help;
  if (undoable) {
    rule::Steps steps(context);
    rule::repair(steps, context, left);
    help = steps.text();
  }
  Finding& finding =
      !help.empty()   ? context.report(place, raises + ", though nothing is lost that could not be undone")
      : !lost.empty() ? context.report(place, fmt::format("{}: there is no way back behind this migration, for the values of {} are gone", raises, rule::join_names(lost)))
                      : context.report(place, raises + ": there is no way back behind this migration");
  finding.down = true;
  finding.help = !help.empty() ? help : "if the change can be undone after all, write how; else have a restore from backup ready";
}

}  // namespace

extern constinit const rule::RuleChecks raising_downgrade = rule::subscribe<on_round_trip>();

}  // namespace whimbrel::rules
