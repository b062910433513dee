// A domain's constraint is checked in every column that uses it.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateDomain& create, rule::Context& context) {
  if (create.constraints.empty() && !create.not_null) return;
  context.remark(create.domain.span, fmt::format("Domain {} has a constraint: to change it later reads every table that uses it", ir::to_sql(create.domain.value)));
}

}  // namespace

extern constinit const rule::RuleChecks create_domain_with_constraint = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
