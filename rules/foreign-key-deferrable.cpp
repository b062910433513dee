// A foreign key that can be checked at the end of a transaction.
#include <fmt/format.h>

#include "whimbrel/rule/constraints.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (constraint.kind != ir::ConstraintKind::foreign_key || constraint.deferrable) return;
  context.remark(constraint.span, fmt::format("The foreign key from {} to {} is not DEFERRABLE", context.name_of(table), context.name_of(constraint.references)));
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_deferrable = rule::subscribe<rule::EachConstraint<judge>::added, rule::EachConstraint<judge>::with_column, rule::EachConstraint<judge>::made>();

}  // namespace whimbrel::rules
