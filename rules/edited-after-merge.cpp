// A merged migration whose statements have changed.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::edited) return;
  const Span place = problem.others.empty() || problem.others.front().empty() ? rule::place_of(context, problem) : problem.others.front();
  Finding& finding = context.report(
      place, fmt::format("Migration {} is merged already, and {} since: databases that have run it stay as they are", problem.id,
                         problem.detail.empty() ? "this was added to it" : "was changed here"));
  if (!problem.detail.empty()) finding.help = fmt::format("put back what stood here, and write the change as a new migration:\n    {}", problem.detail);
}

}  // namespace

extern constinit const rule::RuleChecks edited_after_merge = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
