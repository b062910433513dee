// A CHECK that calls a function whose answer changes was true once, and is not asked again.
#include <fmt/format.h>

#include "whimbrel/rule/constraints.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (constraint.kind != ir::ConstraintKind::check || !constraint.expr) return;
  const facts::ExprVolatility found = facts::volatility_of(*constraint.expr, context.catalog(), context.pg_version());
  if (found.volatility == ir::op::Volatility::immutable || found.certain != Tri::yes || found.culprit_name.empty()) return;
  const Span place = found.culprit.empty() ? constraint.span : found.culprit;
  context.remark(place, fmt::format("This CHECK of {} calls {}, whose answer changes: rows that are right when written are not later, and a dump with them cannot be restored", context.name_of(table), found.culprit_name));
}

}  // namespace

extern constinit const rule::RuleChecks volatile_check = rule::subscribe<rule::EachConstraint<judge>::added, rule::EachConstraint<judge>::with_column, rule::EachConstraint<judge>::made>();

}  // namespace whimbrel::rules
