// A migration that changes rows.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr std::array<std::string_view, 7> kBookkeeping{"alembic_version", "schema_migrations", "flyway_schema_history", "django_migrations", "databasechangelog", "_sqlx_migrations", "goose_db_version"};

void judge(const ir::RelationName& table, rule::Context& context) {
  if (table.value.empty() || rule::is_own(context, table) || std::ranges::find(kBookkeeping, table.value.name) != kBookkeeping.end()) return;
  context.remark(context.step().span, fmt::format("This changes rows of {}", context.name_of(table)));
}
void on_insert(const ir::op::Insert& one, rule::Context& context) { judge(one.table, context); }
void on_update(const ir::op::Update& one, rule::Context& context) { judge(one.table, context); }
void on_delete(const ir::op::Delete& one, rule::Context& context) { judge(one.table, context); }
void on_merge(const ir::op::Merge& one, rule::Context& context) { judge(one.table, context); }
void on_copy(const ir::op::Copy& one, rule::Context& context) {
  if (one.from) judge(one.table, context);
}

}  // namespace

extern constinit const rule::RuleChecks data_change_in_migration = rule::subscribe<on_insert, on_update, on_delete, on_merge, on_copy>();

}  // namespace whimbrel::rules
