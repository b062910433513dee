// DROP VIEW: code that still uses it fails.
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropView& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.view.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name) || rule::is_made_again(context, name)) return;
  rule::report_drop(context, drop.view, drop.materialized ? "materialized view" : "view", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_view = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
