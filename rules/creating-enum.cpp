// An enum's values can be added and renamed, not removed.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateType& create, rule::Context& context) {
  if (create.form != ir::op::TypeForm::enum_) return;
  context.remark(create.type.span, fmt::format("{} is an enum: its values cannot be removed later", ir::to_sql(create.type.value)));
}

}  // namespace

extern constinit const rule::RuleChecks creating_enum = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
