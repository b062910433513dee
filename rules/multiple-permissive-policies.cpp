// Several permissive policies of one command: any of them lets a row through.
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreatePolicy& create, rule::Context& context) {
  if (!create.permissive) return;
  for (const ir::Statement& earlier : rule::statements_before(context)) {
    for (const ir::Step& step : earlier.steps) {
      const auto* other = std::get_if<ir::op::CreatePolicy>(&step.operation);
      if (other == nullptr || !other->permissive || context.catalog().resolve(other->table.value) != context.catalog().resolve(create.table.value)) continue;
      if (!equals_ignoring_case(other->command, create.command)) continue;
      Finding& finding = context.remark(create.policy.span, fmt::format("{} and {} are joined by OR: either lets a row of {} through", ir::quote_identifier(other->policy.value), ir::quote_identifier(create.policy.value), context.name_of(create.table)));
      rule::add_label(finding, other->policy.span, "the other policy");
      return;
    }
  }
}

}  // namespace

extern constinit const rule::RuleChecks multiple_permissive_policies = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
