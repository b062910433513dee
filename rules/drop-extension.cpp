// Dropping an extension takes its types, functions and operators from running code.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropExtension& drop, rule::Context& context) {
  if (drop.cascade || !context.effects().error.empty()) return;
  if (drop.if_exists && context.catalog().complete() && !context.catalog().has_extension(drop.extension.value)) return;
  Finding& finding = context.report(drop.extension.span,
                                    fmt::format("Dropping extension {} breaks code that still uses its functions, operators or types", ir::quote_identifier(drop.extension.value)));
  finding.help = rule::Steps(context).say("drop it in a later release, when no code uses it any more").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_extension = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
