// A down part that does nothing, though the up part changed the schema: going up again fails.
#include <fmt/format.h>

#include "whimbrel/rule/difference.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Nothing can remove it: irreversible-operation says so.
bool is_enum_value(const catalog::Difference& difference) {
  return difference.piece == catalog::Difference::Piece::enum_value;
}

/// What of the schema stays. Data alone may stay as it is: an older release lives with it, and nothing fails.
std::vector<std::string> left(const history::RoundTrip& trip, const rule::Context& context) {
  std::vector<std::string> phrases;
  for (const history::PlacedDifference& placed : trip.differences) {
    if (!is_enum_value(placed.difference)) phrases.push_back(rule::difference_phrase(context, placed.difference));
  }
  return phrases;
}

void on_round_trip(const rule::RoundTripEnd& end, rule::Context& context) {
  const ir::Migration& migration = context.moment().migration;
  if (migration.down.state != ir::PartState::empty) return;
  const std::vector<std::string> phrases = left(end.trip, context);
  // Where the up part does what cannot be followed, its kinds of operations have to do.
  if (phrases.empty() && (end.trip.certain || !rule::changes_schema(migration.up.statements))) return;
  Finding& finding = context.report(
      migration.down.span.empty() ? migration.id_span : migration.down.span,
      phrases.empty() ? fmt::format("The down part of {} is empty: it claims to undo what the migration did, and leaves it all there", migration.id)
                      : fmt::format("The down part of {} is empty: after it {}", migration.id, rule::join_names(phrases)));
  rule::Steps steps(context);
  std::vector<const catalog::Difference*> left_behind;
  for (const history::PlacedDifference& placed : end.trip.differences) {
    if (!is_enum_value(placed.difference)) left_behind.push_back(&placed.difference);
  }
  if (left_behind.empty()) steps.say("write what undoes the migration, or leave the down part away");
  rule::repair(steps, context, std::move(left_behind));
  steps.say(context.is_sql_source() ? "or, where nothing can undo it, with the reason: whimbrel: ignore-file empty-downgrade (…)"
                                    : "or, where nothing can undo it: raise NotImplementedError(\"cannot be undone\")");
  finding.help = steps.text();
}

}  // namespace

extern constinit const rule::RuleChecks empty_downgrade = rule::subscribe<on_round_trip>();

}  // namespace whimbrel::rules
