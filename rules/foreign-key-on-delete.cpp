// A foreign key whose ON DELETE is none of those that the project has agreed on.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include "whimbrel/ir/referential_action.h"
#include "whimbrel/rule/constraints.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  const std::vector<ir::ReferentialAction>& allowed = context.conventions().on_delete;
  if (constraint.kind != ir::ConstraintKind::foreign_key || allowed.empty() || std::ranges::find(allowed, constraint.on_delete) != allowed.end()) return;
  std::vector<std::string> names;
  for (const ir::ReferentialAction action : allowed) names.emplace_back(ir::to_sql(action));
  Finding& finding = context.remark(constraint.span,
                                    fmt::format("The foreign key from {} to {} is ON DELETE {}; this project has {}", context.name_of(table), context.name_of(constraint.references),
                                                ir::to_sql(constraint.on_delete), rule::join_names(names)));
  finding.help = fmt::format("ON DELETE {}", names.front());
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_on_delete = rule::subscribe<rule::EachConstraint<judge>::added, rule::EachConstraint<judge>::with_column, rule::EachConstraint<judge>::made>();

}  // namespace whimbrel::rules
