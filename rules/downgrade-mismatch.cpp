// A down part that runs, but leaves another schema than the one before the up part.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "whimbrel/rule/difference.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr std::size_t kMostLabels = 8;

/// A value of an enum that stays is told by irreversible-operation: nothing can remove it.
bool is_unremovable(const catalog::Difference& difference) {
  return difference.piece == catalog::Difference::Piece::enum_value &&
         difference.outcome == catalog::Difference::Outcome::left_over;
}

/// The statement of the part that holds the place; the place itself where none does.
Span statement_at(const ir::Part& part, Span place) {
  for (const ir::Statement& statement : part.statements) {
    if (statement.span.contains(place)) return statement.span;
  }
  return place;
}

void on_round_trip(const rule::RoundTripEnd& end, rule::Context& context) {
  const ir::Part& part = context.moment().part;
  if (part.state != ir::PartState::present || part.statements.empty()) return;
  const Span whole = context.is_sql_source() ? part.statements.front().span : part.span;
  std::map<std::size_t, std::vector<const history::PlacedDifference*>> places;  // by the beginning of their place
  for (const history::PlacedDifference& placed : end.trip.differences) {
    if (is_unremovable(placed.difference)) continue;
    places[(placed.down.empty() ? whole : placed.down).begin].push_back(&placed);
  }
  for (const auto& [begin, differences] : places) {
    std::vector<std::string> phrases;
    std::vector<const catalog::Difference*> wrong;
    for (const history::PlacedDifference* placed : differences) {
      phrases.push_back(rule::difference_phrase(context, placed->difference));
      wrong.push_back(&placed->difference);
    }
    rule::Steps steps(context);
    rule::repair(steps, context, std::move(wrong));
    const Span place = differences.front()->down.empty() ? whole : differences.front()->down;
    Finding& finding = context.report(
        place, fmt::format("After {}, {}", context.is_sql_source() ? "the up and the down part" : "upgrade() and downgrade()",
                           rule::join_names(phrases)));
    finding.statement = statement_at(part, place);
    finding.help = steps.text();
    for (const history::PlacedDifference* placed : differences) {
      const bool told = std::ranges::find(finding.labels, placed->up, &Label::span) != finding.labels.end();
      if (!placed->up.empty() && !told && finding.labels.size() < kMostLabels)
        rule::add_label(finding, placed->up, rule::cause_phrase(placed->difference));
    }
  }
}

}  // namespace

extern constinit const rule::RuleChecks downgrade_mismatch = rule::subscribe<on_round_trip>();

}  // namespace whimbrel::rules
