// ADD VALUE without BEFORE or AFTER puts the value last.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add(const ir::op::AddEnumValue& add, rule::Context& context) {
  if (!add.neighbor.value.empty()) return;
  const catalog::Type* type = context.catalog().find_type(add.type.value);
  if (add.if_not_exists && type != nullptr && std::ranges::find(type->labels, add.value.value) != type->labels.end()) return;
  context.remark(add.value.span, fmt::format("'{}' becomes the last value of {}; BEFORE or AFTER would say its place", add.value.value, ir::to_sql(add.type.value)));
}

}  // namespace

extern constinit const rule::RuleChecks enum_value_ordering = rule::subscribe<on_add>();

}  // namespace whimbrel::rules
