// A constraint without a name of its own.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (!constraint.name.value.empty() || !constraint.using_index.value.empty() || constraint.kind == ir::ConstraintKind::primary_key || constraint.kind == ir::ConstraintKind::not_null) return;
  const std::string name = rule::constraint_name(context, table, constraint);
  context.report(constraint.span.empty() ? context.step().span : constraint.span, fmt::format("This constraint of {} has no name of its own; PostgreSQL calls it {}", context.name_of(table), ir::quote_identifier(name))).locks.clear();
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

extern constinit const rule::RuleChecks unnamed_constraint = rule::subscribe<on_add, on_column, on_create>();

}  // namespace whimbrel::rules
