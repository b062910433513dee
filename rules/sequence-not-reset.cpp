// Rows with ids of their own, while the sequence still begins at 1.
#include <fmt/format.h>
#include <algorithm>
#include <variant>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool has_sequence(const catalog::Column& column) { return column.identity != ir::Identity::none || !column.owned_sequence.empty(); }

/// The column with a sequence that the statement fills itself; null: none.
const catalog::Column* filled(const ir::op::Insert& insert, const catalog::Relation& table) {
  if (insert.columns.empty()) {
    const auto found = std::ranges::find_if(table.columns, has_sequence);
    return found == table.columns.end() ? nullptr : &*found;
  }
  for (const ir::Name& name : insert.columns) {
    const catalog::Column* column = table.find_column(name.value);
    if (column != nullptr && has_sequence(*column)) return column;
  }
  return nullptr;
}

bool moves_sequence(const ir::Operation& operation) {
  if (const auto* select = std::get_if<ir::op::Select>(&operation)) {
    return std::ranges::any_of(select->query.calls, [](const ir::ExprPtr& call) { return call && call->name.name == "setval"; });
  }
  if (const auto* alter = std::get_if<ir::op::AlterSequence>(&operation)) return alter->options.restart;
  if (const auto* alter = std::get_if<ir::op::AlterTable>(&operation)) return alter->action == ir::op::TableAction::set_identity;
  return std::holds_alternative<ir::op::Opaque>(operation) || std::holds_alternative<ir::op::Do>(operation) || std::holds_alternative<ir::op::Call>(operation);
}

void on_insert(const ir::op::Insert& insert, rule::Context& context) {
  const catalog::Relation* table = context.table(insert.table);
  if (table == nullptr || table->presumed || (insert.rows == 0 && !insert.from_query)) return;
  const catalog::Column* column = filled(insert, *table);
  if (column == nullptr || to_lower(context.source(context.step().span)).contains("default")) return;
  const bool settled = std::ranges::any_of(rule::statements_behind(context), [&](const ir::Statement& statement) {
    return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
      const auto* again = std::get_if<ir::op::Insert>(&step.operation);
      return moves_sequence(step.operation) || (again != nullptr && context.catalog().resolve(again->table.value) == table->name && filled(*again, *table) != nullptr);
    });
  });
  if (settled) return;
  const std::string name = rule::column_of(context, insert.table, column->name);
  Finding& finding = context.remark(context.step().span, fmt::format("{} is given here, and its sequence does not know: the next row without one gets a number that is taken", name));
  const std::string sql = ir::to_sql(insert.table.value);
  const std::string id = ir::quote_identifier(column->name);
  finding.help = rule::Steps(context).say("after it:").run(fmt::format("SELECT setval(pg_get_serial_sequence('{}', '{}'), max({})) FROM {}", sql, column->name, id, sql)).text();
}

}  // namespace

extern constinit const rule::RuleChecks sequence_not_reset = rule::subscribe<on_insert>();

}  // namespace whimbrel::rules
