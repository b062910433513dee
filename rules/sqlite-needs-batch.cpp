// SQLite has no such ALTER TABLE outside Alembic's batch mode.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

// Alembic, "Running Batch Migrations for SQLite and Other Databases".
constexpr std::array<std::string_view, 7> kNotOnSqlite{"alter_column", "drop_constraint", "create_foreign_key", "create_unique_constraint", "create_check_constraint", "create_primary_key", "create_exclude_constraint"};

/// "alter_column" of the call `op.alter_column(…)`; empty for whatever is no direct call of `op`.
std::string_view directive(std::string_view call) {
  constexpr std::string_view kObject = "op.";
  if (!call.starts_with(kObject)) return {};
  call.remove_prefix(kObject.size());
  return call.substr(0, call.find('('));
}

bool only_renames(const ir::Statement& statement) {
  return std::ranges::all_of(statement.steps, [](const ir::Step& step) { return std::holds_alternative<ir::op::RenameColumn>(step.operation); });
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (std::ranges::find(context.options().dialects, "sqlite") == context.options().dialects.end()) return;
  const Span call = start.statement.span;
  const std::string_view name = directive(context.source(call));
  if (context.is_sql_source() || std::ranges::find(kNotOnSqlite, name) == kNotOnSqlite.end() || only_renames(start.statement)) return;
  Finding& finding = context.remark(call, fmt::format("op.{} does not run on SQLite, which the configuration names: it has no such ALTER TABLE", name));
  finding.help = fmt::format("with op.batch_alter_table(…) as batch_op:\n    batch_op.{}(…)  # without the table's name", name);
}

}  // namespace

extern constinit const rule::RuleChecks sqlite_needs_batch = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
