// Without a transaction a DROP that is run again fails.
#include <fmt/format.h>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::RelationName& name, bool if_exists, std::string_view what, rule::Context& context) {
  if (if_exists || rule::in_transaction(context)) return;
  context.remark(name.span, fmt::format("Run again, this fails where the {} is dropped already; IF EXISTS lets it pass", what));
}
void on_table(const ir::op::DropTable& drop, rule::Context& context) { judge(drop.table, drop.if_exists, "table", context); }
void on_column(const ir::op::DropColumn& drop, rule::Context& context) { judge({.value = {}, .span = drop.column.span}, drop.if_exists, "column", context); }
void on_index(const ir::op::DropIndex& drop, rule::Context& context) { judge(drop.index, drop.if_exists, "index", context); }
void on_view(const ir::op::DropView& drop, rule::Context& context) { judge(drop.view, drop.if_exists, "view", context); }
void on_type(const ir::op::DropType& drop, rule::Context& context) { judge(drop.type, drop.if_exists, "type", context); }

}  // namespace

extern constinit const rule::RuleChecks prefer_if_exists = rule::subscribe<on_table, on_column, on_index, on_view, on_type>();

}  // namespace whimbrel::rules
