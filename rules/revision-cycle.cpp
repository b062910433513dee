// Revisions that follow each other in a circle.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::cycle) return;
  Finding& finding = context.report(rule::place_of(context, problem),
                                    problem.others.empty() ? fmt::format("Revision {} follows itself: Alembic refuses the whole history", problem.id)
                                                           : fmt::format("Revisions {} follow each other in a circle: Alembic refuses the whole history", problem.detail));
  for (const Span& other : problem.others) rule::add_label(finding, other, "in the circle too");
}

}  // namespace

extern constinit const rule::RuleChecks revision_cycle = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
