// DROP FUNCTION: code that still uses it fails.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropFunction& drop, rule::Context& context) {
  if (!context.effects().error.empty()) return;
  if (rule::is_made_again(context, context.catalog().resolve(drop.function.value))) return;
  const std::string name = ir::to_sql(drop.function.value);
  Finding& finding = context.report(drop.function.span.empty() ? context.step().span : drop.function.span,
                                    fmt::format("Dropping function {}{} breaks code that still uses it", name, drop.cascade ? " and all that depends on it" : ""));
  finding.help = rule::Steps(context).say("drop it in a later release, when no code uses it any more").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_function = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
