// A constraint without a name of its own.
#include <fmt/format.h>

#include "whimbrel/rule/constraints.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (!constraint.name.value.empty() || !constraint.using_index.value.empty() || constraint.kind == ir::ConstraintKind::primary_key || constraint.kind == ir::ConstraintKind::not_null) return;
  const std::string name = rule::constraint_name(context, table, constraint);
  context.remark(constraint.span, fmt::format("This constraint of {} has no name of its own; PostgreSQL calls it {}", context.name_of(table), ir::quote_identifier(name)));
}

}  // namespace

extern constinit const rule::RuleChecks unnamed_constraint = rule::subscribe<rule::EachConstraint<judge>::added, rule::EachConstraint<judge>::with_column, rule::EachConstraint<judge>::made>();

}  // namespace whimbrel::rules
