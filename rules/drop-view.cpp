// DROP VIEW: code that still uses it fails.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropView& drop, rule::Context& context) {
  if (!context.effects().error.empty()) return;
  const catalog::Relation* view = context.catalog().find_relation(context.catalog().resolve(drop.view.value));
  if (view != nullptr && rule::made_in_this_part(context, view->origin)) return;
  if (rule::is_made_again(context, context.catalog().resolve(drop.view.value))) return;
  const std::string name = ir::to_sql(drop.view.value);
  Finding& finding = context.report(drop.view.span.empty() ? context.step().span : drop.view.span,
                                    fmt::format("Dropping {} {}{} breaks code that still uses it", drop.materialized ? "materialized view" : "view", name, drop.cascade ? " and all that depends on it" : ""));
  finding.help = rule::Steps(context).say("drop it in a later release, when no code uses it any more").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_view = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
