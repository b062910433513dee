// ADD COLUMN … GENERATED ALWAYS AS (…) STORED computes the value for every row, which rewrites the table.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (add.column.generated != ir::Generated::stored || context.is_harmless(add.table)) return;
  if (context.effects().rewrites.empty()) return;
  const std::string table = ir::to_sql(add.table.value);
  const std::string column = ir::quote_identifier(add.column.name.value);
  const std::string type = ir::to_sql(add.column.type.value);
  const std::string expression = add.column.generation ? ir::to_sql(*add.column.generation) : "…";
  const Span culprit = add.column.generation_span.empty() ? add.column.span : add.column.generation_span;
  Finding& finding = context.report(
      culprit, fmt::format("Adding the stored generated column {} rewrites all of {} to compute it, and {} {}",
                           rule::column_of(context, add.table, add.column.name.value), context.name_of(add.table),
                           rule::blocks(context, add.table), rule::until(context, "it is done")));
  rule::Steps steps(context);
  if (context.pg_version() >= 18) {
    steps.say("computed when it is read, and instant to add:")
        .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {} GENERATED ALWAYS AS ({}) VIRTUAL", table, column, type,
                         expression))
        .say("or a plain column that a trigger BEFORE INSERT OR UPDATE keeps:");
  } else {
    steps.say("a plain column that a trigger BEFORE INSERT OR UPDATE keeps:");
  }
  finding.help = steps.run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table, column, type))
                     .fill(context, add.table, add.column.name.value, expression)
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_column_stored_generated = rule::subscribe<on_add_column>();

}  // namespace whimbrel::rules
