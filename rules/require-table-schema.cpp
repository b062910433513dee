// A name without a schema depends on search_path.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::RelationName& name, rule::Context& context) {
  if (!name.value.schema.empty() || name.value.empty()) return;
  context.remark(name.span, fmt::format("{} is written without its schema", ir::to_sql(name.value)));
}
void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence != ir::Persistence::temporary) judge(create.table, context);
}
void on_drop(const ir::op::DropTable& drop, rule::Context& context) { judge(drop.table, context); }
void on_add(const ir::op::AddColumn& add, rule::Context& context) { judge(add.table, context); }
void on_index(const ir::op::CreateIndex& create, rule::Context& context) { judge(create.table, context); }

}  // namespace

extern constinit const rule::RuleChecks require_table_schema = rule::subscribe<on_create, on_drop, on_add, on_index>();

}  // namespace whimbrel::rules
