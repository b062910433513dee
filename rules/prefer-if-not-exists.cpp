// Without a transaction a CREATE that is run again fails.
#include <fmt/format.h>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(Span span, bool if_not_exists, std::string_view what, rule::Context& context) {
  if (if_not_exists || rule::in_transaction(context)) return;
  context.remark(span, fmt::format("Run again, this fails where the {} is there already; IF NOT EXISTS lets it pass", what));
}
void on_table(const ir::op::CreateTable& create, rule::Context& context) { judge(create.table.span, create.if_not_exists, "table", context); }
void on_column(const ir::op::AddColumn& add, rule::Context& context) { judge(add.column.name.span, add.if_not_exists, "column", context); }
void on_index(const ir::op::CreateIndex& create, rule::Context& context) {
  if (!create.concurrently && !create.name.value.empty()) judge(create.name.span, create.if_not_exists, "index", context);
}
void on_schema(const ir::op::CreateSchema& create, rule::Context& context) { judge(create.schema.span, create.if_not_exists, "schema", context); }
void on_extension(const ir::op::CreateExtension& create, rule::Context& context) { judge(create.extension.span, create.if_not_exists, "extension", context); }

}  // namespace

extern constinit const rule::RuleChecks prefer_if_not_exists = rule::subscribe<on_table, on_column, on_index, on_schema, on_extension>();

}  // namespace whimbrel::rules
