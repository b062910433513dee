// LOCK TABLE in a mode that makes others wait until the transaction ends.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_lock(const ir::op::LockTable& lock, rule::Context& context) {
  if (!blocks_writes(lock.mode) || context.is_harmless(lock.table) || !context.effects().error.empty()) return;
  Finding& finding = context.report(context.step().span, fmt::format("LOCK TABLE {} of {} until the transaction ends, whatever else it does meanwhile", rule::blocks(context, lock.table),
                                                                     context.name_of(lock.table)));
  finding.help = rule::Steps(context).say("leave it out where the statements behind it take their own locks, else take it last").text();
}

}  // namespace

extern constinit const rule::RuleChecks lock_table = rule::subscribe<on_lock>();

}  // namespace whimbrel::rules
