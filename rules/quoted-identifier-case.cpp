// A name with upper case has to be quoted for ever.
#include <algorithm>
#include <fmt/format.h>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Name& name, std::string_view what, rule::Context& context) {
  if (std::ranges::none_of(name.value, [](char c) { return (c >= 'A' && c <= 'Z') || c == ' '; })) return;
  context.remark(name.span, fmt::format("The {} {} must be quoted wherever it is used", what, ir::quote_identifier(name.value)));
}
void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  judge({.value = create.table.value.name, .span = create.table.span}, "table", context);
  for (const ir::ColumnDef& column : create.columns) judge(column.name, "column", context);
}
void on_add(const ir::op::AddColumn& add, rule::Context& context) { judge(add.column.name, "column", context); }

}  // namespace

extern constinit const rule::RuleChecks quoted_identifier_case = rule::subscribe<on_create, on_add>();

}  // namespace whimbrel::rules
