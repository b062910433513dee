// DROP SEQUENCE: code that still uses it fails.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropSequence& drop, rule::Context& context) {
  if (!context.effects().error.empty()) return;
  const catalog::Sequence* sequence = context.catalog().find_sequence(context.catalog().resolve(drop.sequence.value));
  if (sequence != nullptr && rule::made_in_this_part(context, sequence->origin)) return;
  const std::string name = ir::to_sql(drop.sequence.value);
  Finding& finding = context.report(drop.sequence.span.empty() ? context.step().span : drop.sequence.span,
                                    fmt::format("Dropping sequence {}{} breaks code that still uses it", name, drop.cascade ? " and all that depends on it" : ""));
  finding.help = rule::Steps(context).say("drop it in a later release, when no code uses it any more").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_sequence = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
