// Two files of one revision id: one of them is never run.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::duplicate_id) return;
  Finding& finding = context.report(rule::place_of(context, problem), fmt::format("{} is the id of {} already: only one of them runs", problem.id,
                                                                                  rule::other_file(context, problem)));
  for (const Span& other : problem.others) rule::add_label(finding, other, "the same id");
}

}  // namespace

extern constinit const rule::RuleChecks duplicate_revision = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
