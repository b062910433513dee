// A view reads with its owner's rights, past row level security.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateView& create, rule::Context& context) {
  if (std::ranges::any_of(create.options, [](const ir::Option& option) { return option.name == "security_invoker" && !equals_ignoring_case(option.value, "false"); })) return;
  for (const ir::RelationName& read : create.query.reads) {
    const catalog::Relation* table = context.table(read);
    if (table == nullptr || !table->row_security) continue;
    context.remark(create.view.span, fmt::format("{} reads {} with its owner's rights: the policies of the one who asks do not count", ir::to_sql(create.view.value), context.name_of(read)));
    return;
  }
}

}  // namespace

extern constinit const rule::RuleChecks security_definer_view = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
