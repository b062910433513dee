// ADD COLUMN of a serial type takes a number for every row, which rewrites the table.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (add.column.serial == ir::Serial::none || context.is_harmless(add.table)) return;
  if (context.effects().rewrites.empty()) return;
  const std::string table = ir::to_sql(add.table.value);
  const std::string column = ir::quote_identifier(add.column.name.value);
  const std::string sequence = ir::quote_identifier(rule::object_name(add.table, {add.column.name}, "seq"));
  const std::string next = fmt::format("nextval('{}')", sequence);
  Finding& finding =
      context.report(add.column.type.span.empty() ? add.column.span : add.column.type.span,
                     fmt::format("Adding the serial column {} rewrites all of {} to number its rows, and {} {}",
                                 rule::column_of(context, add.table, add.column.name.value), context.name_of(add.table),
                                 rule::blocks(context, add.table), rule::until(context, "it is done")));
  rule::Steps steps(context);
  steps.run(fmt::format("ALTER TABLE {} ADD COLUMN {} bigint", table, column))
      .run(fmt::format("CREATE SEQUENCE {} OWNED BY {}.{}", sequence, table, column))
      .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}", table, column, next))
      .fill(context, add.table, add.column.name.value, next)
      .prove_not_null(context, add.table, add.column.name.value);
  if (rule::inline_constraint(add.column, ir::ConstraintKind::primary_key) != nullptr) {
    steps.say("then a unique index, built CONCURRENTLY, becomes the primary key (add-primary-key-without-index)");
  }
  finding.help = steps.text();
}

}  // namespace

extern constinit const rule::RuleChecks add_column_serial = rule::subscribe<on_add_column>();

}  // namespace whimbrel::rules
