// ADD COLUMN … NOT NULL without a default fails on a table that has rows.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The place that forbids NULL: NOT NULL itself, or the type where it is a domain that does. Nothing where NULL is
/// allowed.
std::optional<Span> forbids_null(const ir::ColumnDef& column, const catalog::Type* type) {
  if (column.not_null) return *column.not_null;
  if (const ir::Constraint* named = rule::inline_constraint(column, ir::ConstraintKind::not_null)) return named->span;
  if (type != nullptr && type->domain && type->not_null) return column.type.span;
  return std::nullopt;
}

/// Whether the operation may put rows into the table, or end the transaction that emptied it.
template <class IsTable>
bool may_fill(const ir::Operation& operation, const IsTable& is_table) {
  if (const auto* insert = std::get_if<ir::op::Insert>(&operation)) return is_table(insert->table);
  if (const auto* merge = std::get_if<ir::op::Merge>(&operation)) return is_table(merge->table);
  if (const auto* copy = std::get_if<ir::op::Copy>(&operation)) return is_table(copy->table);
  return std::holds_alternative<ir::op::Transaction>(operation) || std::holds_alternative<ir::op::Opaque>(operation) ||
         std::holds_alternative<ir::op::Do>(operation) || std::holds_alternative<ir::op::Call>(operation) || std::holds_alternative<ir::op::Select>(operation);
}

/// Whether an earlier statement of the transaction deletes every row, and none since puts some in: delete-without-where tells of it.
bool is_deleted_before(const rule::Context& context, const ir::RelationName& name) {
  if (!context.transaction().open) return false;
  const ir::QualifiedName table = context.catalog().resolve(name.value);
  const auto is_table = [&](const ir::RelationName& other) { return context.catalog().resolve(other.value) == table; };
  bool deleted = false;
  for (const ir::Statement& before : rule::statements_before(context)) {
    for (const ir::Step& step : before.steps) {
      if (const auto* remove = std::get_if<ir::op::Delete>(&step.operation)) {
        if (!remove->has_where && before.runs == Tri::yes && is_table(remove->table)) deleted = true;
      } else if (may_fill(step.operation, is_table)) {
        deleted = false;
      }
    }
  }
  return deleted;
}

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  // In a down part it is downgrade-fails that says so.
  if (context.moment().direction == ir::Direction::down) return;
  const ir::ColumnDef& column = add.column;
  const bool has_value = column.default_value && column.default_value->kind != ir::ExprKind::null;
  if (has_value || column.serial != ir::Serial::none || column.identity != ir::Identity::none ||
      column.generated != ir::Generated::none) {
    return;
  }
  // A primary key says so itself, in add-primary-key-without-index.
  if (rule::inline_constraint(column, ir::ConstraintKind::primary_key) != nullptr) return;
  if (context.is_new(add.table) || context.is_emptied(add.table) || rule::is_own(context, add.table) || rule::does_nothing(context, add)) return;
  if (is_deleted_before(context, add.table)) return;
  const catalog::Type* type = context.catalog().find_type({column.type.value.schema, column.type.value.name});
  const std::optional<Span> culprit = forbids_null(column, type);
  if (!culprit) return;
  // A domain's own default fills the rows, unless DEFAULT NULL overrides it.
  if (type != nullptr && type->domain && type->default_value && !column.default_value) return;

  const bool from_null = column.default_value != nullptr;
  const std::string name = rule::column_of(context, add.table, column.name.value);
  const std::string table = context.name_of(add.table);
  Finding& finding = context.report(
      *culprit, fmt::format("Adding {} NOT NULL {} fails as soon as {} has a row, for there is nothing to put into it",
                            name, from_null ? "with DEFAULT NULL" : "without a default", table));
  const std::string target = ir::to_sql(add.table.value);
  const std::string quoted = ir::quote_identifier(column.name.value);
  const std::string sql_type = column.type.value.known() ? ir::to_sql(column.type.value) : "…";
  finding.help = rule::Steps(context)
                     .say("where one value fits all rows, a constant default makes it instant:")
                     .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {} DEFAULT … NOT NULL", target, quoted, sql_type))
                     .say("else:")
                     .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", target, quoted, sql_type))
                     .fill(context, add.table, column.name.value, "…")
                     .prove_not_null(context, add.table, column.name.value)
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks not_null_without_default = rule::subscribe<on_add_column>();

}  // namespace whimbrel::rules
