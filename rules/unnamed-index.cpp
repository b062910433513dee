// An index without a name of its own.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateIndex& create, rule::Context& context) {
  if (!create.name.value.empty()) return;
  context.remark(create.index_keyword, fmt::format("This index of {} has no name of its own", context.name_of(create.table)));
}

}  // namespace

extern constinit const rule::RuleChecks unnamed_index = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
