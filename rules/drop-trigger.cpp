// What a trigger did is not done any more.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_one(const ir::op::DropTrigger& one, rule::Context& context) {
  if (rule::is_own(context, one.table) || !context.effects().error.empty()) return;
  context.report(context.step().span, fmt::format("Dropping the trigger {}, and what it did for {} is not done any more", rule::blocks(context, one.table), context.name_of(one.table)));
}

}  // namespace

extern constinit const rule::RuleChecks drop_trigger = rule::subscribe<on_one>();

}  // namespace whimbrel::rules
