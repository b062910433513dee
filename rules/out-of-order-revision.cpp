// A new migration that comes before one that is merged already.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::out_of_order) return;
  const bool graph = !context.moment().migration.parents.empty() || context.moment().migration.sort_key.empty();
  Finding& finding = context.report(
      rule::place_of(context, problem),
      graph ? fmt::format("Revision {} is new, but {}, which is merged already, follows it: databases that have that never run this one", problem.id, problem.detail)
            : fmt::format("Migration {} is new, but comes before {}, which is merged already", problem.id, problem.detail));
  finding.help = graph ? "let it follow the newest revision that is merged, and give the merged one its parent back" : fmt::format("give it a version behind {}", problem.detail);
  for (const Span& other : problem.others) rule::add_label(finding, other, "merged already");
}

}  // namespace

extern constinit const rule::RuleChecks out_of_order_revision = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
