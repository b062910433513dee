// Two revisions that no other one follows: `alembic upgrade head` does not know which is meant.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::multiple_heads) return;
  Finding& finding = context.report(rule::place_of(context, problem),
                                    fmt::format("Revision {} is a head of the history, and so is {}: `alembic upgrade head` refuses to choose", problem.id, problem.detail));
  for (const Span& other : problem.others) rule::add_label(finding, other, "another head");
}

}  // namespace

extern constinit const rule::RuleChecks multiple_heads = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
