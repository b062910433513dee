// A foreign key that says what a delete does to its rows.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (constraint.kind != ir::ConstraintKind::foreign_key || constraint.on_delete != ir::ReferentialAction::no_action) return;
  context.report(constraint.span.empty() ? context.step().span : constraint.span, fmt::format("The foreign key from {} to {} does not say what happens ON DELETE", context.name_of(table), context.name_of(constraint.references))).locks.clear();
}

void on_add(const ir::op::AddConstraint& add, rule::Context& context) { judge(add.constraint, add.table, context); }
void on_column(const ir::op::AddColumn& add, rule::Context& context) {
  for (const ir::Constraint& constraint : add.column.constraints) judge(constraint, add.table, context);
}
void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  for (const ir::Constraint& constraint : create.constraints) judge(constraint, create.table, context);
  for (const ir::ColumnDef& column : create.columns) {
    for (const ir::Constraint& constraint : column.constraints) judge(constraint, create.table, context);
  }
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_explicit_on_delete = rule::subscribe<on_add, on_column, on_create>();

}  // namespace whimbrel::rules
