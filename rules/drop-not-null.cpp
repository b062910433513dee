// Code that reads the column must expect NULL from now on.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropNotNull& drop, rule::Context& context) {
  if (rule::is_own(context, drop.table) || !context.effects().error.empty()) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(drop.column.value);
  if (column != nullptr && column->not_null == Tri::no) return;
  context.report(drop.column.span, fmt::format("{} may be NULL from now on: code that reads it must expect that", rule::column_of(context, drop.table, drop.column.value)));
}

}  // namespace

extern constinit const rule::RuleChecks drop_not_null = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
