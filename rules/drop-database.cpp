// DROP DATABASE deletes everything in it.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropObject& drop, rule::Context& context) {
  if (drop.kind != ir::ObjectKind::database) return;
  Finding& finding = context.report(drop.object.span, fmt::format("Dropping database {} deletes all that is in it", ir::quote_identifier(drop.object.value.name)));
  finding.help = rule::Steps(context).say("leave it to whoever runs the server").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_database = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
