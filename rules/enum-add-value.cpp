// A value that is added to an enum stays.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add(const ir::op::AddEnumValue& add, rule::Context& context) {
  context.remark(add.value.span, fmt::format("'{}' cannot be removed from {} again", add.value.value, ir::to_sql(add.type.value)));
}

}  // namespace

extern constinit const rule::RuleChecks enum_add_value = rule::subscribe<on_add>();

}  // namespace whimbrel::rules
