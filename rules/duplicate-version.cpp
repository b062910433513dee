// Two files of one version number: the runner takes the second for the first.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::duplicate_version) return;
  const ir::Migration& migration = context.moment().migration;
  const std::string message =
      migration.runner.empty()
          ? fmt::format("{} has the version number of {}: most runners tell them apart by nothing else", problem.id, problem.detail)
          : fmt::format("{} has the version number of {}, and {} tells them apart by nothing else", problem.id, problem.detail, migration.runner);
  Finding& finding = context.report(rule::place_of(context, problem), message);
  for (const Span& other : problem.others) rule::add_label(finding, other, "the same version number");
}

}  // namespace

extern constinit const rule::RuleChecks duplicate_version = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
