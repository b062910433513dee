// CREATE TRIGGER makes writes wait, and then takes part in each of them.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_one(const ir::op::CreateTrigger& one, rule::Context& context) {
  if (rule::is_own(context, one.table) || !context.effects().error.empty()) return;
  context.report(context.step().span, fmt::format("The new trigger {} of {} for a moment, and runs in each of its writes from then on", rule::blocks(context, one.table), context.name_of(one.table)));
}

}  // namespace

extern constinit const rule::RuleChecks create_trigger = rule::subscribe<on_one>();

}  // namespace whimbrel::rules
