// A constraint that is NOT ENFORCED keeps nothing out.
#include <fmt/format.h>

#include "whimbrel/rule/constraints.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  if (!constraint.not_enforced) return;
  context.remark(constraint.span, fmt::format("This constraint of {} is not enforced: it keeps no row out", context.name_of(table)));
}

}  // namespace

extern constinit const rule::RuleChecks constraint_not_enforced = rule::subscribe<rule::EachConstraint<judge>::added, rule::EachConstraint<judge>::made>();

}  // namespace whimbrel::rules
