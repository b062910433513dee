// A CHECK constraint that is checked at once keeps everybody waiting while every row is read.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

Finding& report(const ir::Constraint& check, const ir::RelationName& table, rule::Context& context) {
  const std::string name =
      check.name.value.empty() ? "a CHECK constraint" : "CHECK constraint " + ir::quote_identifier(check.name.value);
  return context.report(check.span,
                        fmt::format("Adding {} to {} reads all its rows and {} {}", name, context.name_of(table),
                                    rule::blocks(context, table), rule::until(context, "each is checked")));
}

std::string name_of(const ir::Constraint& check, const ir::RelationName& table, const rule::Context& context) {
  return ir::quote_identifier(rule::constraint_name(context, table, check));
}

void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  const ir::Constraint& check = add.constraint;
  if (check.kind != ir::ConstraintKind::check || check.not_valid || context.is_harmless(add.table)) return;
  if (rule::work_of(context.effects().scans, {facts::Cause::check}) == nullptr) return;
  Finding& finding = report(check, add.table, context);
  finding.help =
      rule::Steps(context)
          .add_not_valid(ir::to_sql(add.table.value), name_of(check, add.table, context), rule::constraint_sql(check))
          .text();
  rule::offer_insertion(finding, context, check.span, " NOT VALID",
                        "Add it NOT VALID; VALIDATE it in a later migration");
}

/// The CHECK of a new column reads the table too, whatever its default; where the column rewrites it, that is the
/// graver finding.
void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  const ir::Constraint* check = rule::inline_constraint(add.column, ir::ConstraintKind::check);
  if (check == nullptr || context.is_harmless(add.table) || !context.effects().rewrites.empty()) return;
  if (rule::work_of(context.effects().scans, {facts::Cause::check}) == nullptr) return;
  Finding& finding = report(*check, add.table, context);
  std::string column = fmt::format("ALTER TABLE {} ADD COLUMN {} {}", ir::to_sql(add.table.value),
                                   ir::quote_identifier(add.column.name.value), ir::to_sql(add.column.type.value));
  if (add.column.default_value) column += " DEFAULT " + ir::to_sql(*add.column.default_value);
  if (add.column.not_null) column += " NOT NULL";
  finding.help =
      rule::Steps(context)
          .run(column)
          .add_not_valid(ir::to_sql(add.table.value), name_of(*check, add.table, context), rule::constraint_sql(*check))
          .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_check_without_not_valid =
    rule::subscribe<on_add_constraint, on_add_column>();

}  // namespace whimbrel::rules
