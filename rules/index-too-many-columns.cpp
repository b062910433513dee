// An index of more than three columns helps few queries.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateIndex& create, rule::Context& context) {
  if (create.unique || create.method != "btree" || create.elements.size() <= 3) return;
  context.remark(create.elements[3].span, fmt::format("An index of {} columns of {}: few queries use those behind the third", create.elements.size(), context.name_of(create.table)));
}

}  // namespace

extern constinit const rule::RuleChecks index_too_many_columns = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
