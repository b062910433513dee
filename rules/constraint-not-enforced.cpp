// A constraint that is NOT ENFORCED keeps nothing out.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (!constraint.not_enforced) return;
  context.report(constraint.span.empty() ? context.step().span : constraint.span, fmt::format("This constraint of {} is not enforced: it keeps no row out", context.name_of(table))).locks.clear();
}

void on_add(const ir::op::AddConstraint& add, rule::Context& context) { judge(add.constraint, add.table, context); }
void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  for (const ir::Constraint& constraint : create.constraints) judge(constraint, create.table, context);
  for (const ir::ColumnDef& column : create.columns) {
    for (const ir::Constraint& constraint : column.constraints) judge(constraint, create.table, context);
  }
}

}  // namespace

extern constinit const rule::RuleChecks constraint_not_enforced = rule::subscribe<on_add, on_create>();

}  // namespace whimbrel::rules
