// A revision that follows one that is not there.
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_problem(const rule::OrderProblemMet& met, rule::Context& context) {
  const history::OrderProblem& problem = met.problem;
  if (problem.kind != history::OrderProblem::Kind::missing_parent) return;
  // One file alone is a piece of a history that lies elsewhere.
  const auto& migrations = context.moment().history.migrations;
  if (migrations.size() < 2) return;
  std::vector<std::string_view> ids;
  for (const ir::Migration& migration : migrations) ids.push_back(migration.id);
  const auto near = nearest(problem.detail, ids);
  Finding& finding = context.report(rule::place_of(context, problem), fmt::format("Revision {} follows {}, which no file here has: every command of Alembic fails",
                                                                                  problem.id, problem.detail));
  if (near) finding.help = fmt::format("did you mean {}?", *near);
}

}  // namespace

extern constinit const rule::RuleChecks missing_parent_revision = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
