// A disabled trigger, or a foreign key's, lets rows in that nobody checks later.
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_alter(const ir::op::AlterTable& alter, rule::Context& context) {
  if (alter.action != ir::op::TableAction::disable_trigger || rule::is_own(context, alter.table)) return;
  const bool all = equals_ignoring_case(alter.detail.value, "all");
  context.report(context.step().span, fmt::format("Rows of {} that are written while {} are looked at by nobody later", context.name_of(alter.table), all ? "its triggers and foreign keys are off" : "the trigger is off"));
}

}  // namespace

extern constinit const rule::RuleChecks enable_disable_trigger = rule::subscribe<on_alter>();

}  // namespace whimbrel::rules
