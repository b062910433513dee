// An extension's functions and types in the schema public.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateExtension& create, rule::Context& context) {
  if (!create.schema.value.empty() && create.schema.value != "public") return;
  if (create.schema.value.empty() && create.extension.value == "plpgsql") return;
  context.remark(create.extension.span, fmt::format("Extension {} puts its objects beside the application's own", ir::quote_identifier(create.extension.value)));
}

}  // namespace

extern constinit const rule::RuleChecks extension_in_public = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
