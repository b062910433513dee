// DROP TYPE: code that still uses it fails.
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropType& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.type.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name)) return;
  // With CASCADE the columns of the type are gone all the same.
  if (!drop.cascade && rule::is_made_again(context, name)) return;
  rule::report_drop(context, drop.type, "type", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_type = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
