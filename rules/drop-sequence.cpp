// DROP SEQUENCE: code that still uses it fails.
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropSequence& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.sequence.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name)) return;
  // That of a serial column goes behind its default; nobody names it.
  const catalog::Sequence* sequence = context.catalog().find_sequence(name);
  if (sequence != nullptr && !sequence->owner_table.empty()) return;
  rule::report_drop(context, drop.sequence, "sequence", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_sequence = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
