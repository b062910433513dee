// CREATE EXTENSION takes whatever version the server has.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateExtension& create, rule::Context& context) {
  if (!create.version.empty() || create.extension.value == "plpgsql") return;
  Finding& finding = context.remark(create.extension.span, fmt::format("Extension {} comes in whatever version the server has", ir::quote_identifier(create.extension.value)));
  finding.help = rule::Steps(context).run(fmt::format("CREATE EXTENSION {} VERSION '…'", ir::quote_identifier(create.extension.value))).text();
}

}  // namespace

extern constinit const rule::RuleChecks extension_version_pin = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
