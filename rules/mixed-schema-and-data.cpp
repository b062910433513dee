// Rows and schema change in one migration.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::RelationName& table, rule::Context& context) {
  if (context.reported_in_part() || rule::is_own(context, table) || context.is_harmless(table) || !rule::changes_schema(context.moment().part.statements)) return;
  context.remark(context.step().span, fmt::format("This migration changes rows of {} and the schema", context.name_of(table)));
}
void on_insert(const ir::op::Insert& one, rule::Context& context) { judge(one.table, context); }
void on_update(const ir::op::Update& one, rule::Context& context) { judge(one.table, context); }
void on_delete(const ir::op::Delete& one, rule::Context& context) { judge(one.table, context); }
void on_merge(const ir::op::Merge& one, rule::Context& context) { judge(one.table, context); }

}  // namespace

extern constinit const rule::RuleChecks mixed_schema_and_data = rule::subscribe<on_insert, on_update, on_delete, on_merge>();

}  // namespace whimbrel::rules
