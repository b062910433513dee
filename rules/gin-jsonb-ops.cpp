// A GIN index of jsonb in the general operator class, where jsonb_path_ops may do.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateIndex& create, rule::Context& context) {
  const catalog::Relation* table = create.method == "gin" ? context.table(create.table) : nullptr;
  if (table == nullptr) return;
  for (const ir::IndexElement& element : create.elements) {
    const catalog::Column* column = element.column.empty() ? nullptr : table->find_column(element.column);
    if (column == nullptr || !element.opclass.empty() || ir::to_sql(column->type) != "jsonb") continue;
    Finding& finding = context.remark(element.span, fmt::format("{} is indexed for every operator; jsonb_path_ops is smaller, and faster for @>, @? and @@", rule::column_of(context, create.table, element.column)));
    finding.help = fmt::format("{} jsonb_path_ops, or jsonb_ops where keys are asked for", ir::quote_identifier(element.column));
  }
}

}  // namespace

extern constinit const rule::RuleChecks gin_jsonb_ops = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
