// A foreign key that says what a delete does to its rows.
#include <fmt/format.h>

#include "whimbrel/rule/constraints.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (constraint.kind != ir::ConstraintKind::foreign_key || constraint.on_delete != ir::ReferentialAction::no_action) return;
  context.remark(constraint.span, fmt::format("The foreign key from {} to {} does not say what happens ON DELETE", context.name_of(table), context.name_of(constraint.references)));
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_explicit_on_delete = rule::subscribe<rule::EachConstraint<judge>::added, rule::EachConstraint<judge>::with_column, rule::EachConstraint<judge>::made>();

}  // namespace whimbrel::rules
