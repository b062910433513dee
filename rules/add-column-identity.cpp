// ADD COLUMN … GENERATED … AS IDENTITY takes a number for every row, which rewrites the table.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (add.column.identity == ir::Identity::none || context.is_harmless(add.table)) return;
  if (context.effects().rewrites.empty()) return;
  const std::string table = ir::to_sql(add.table.value);
  const std::string column = ir::quote_identifier(add.column.name.value);
  const std::string name = rule::column_of(context, add.table, add.column.name.value);
  const std::string_view always = add.column.identity == ir::Identity::always ? "ALWAYS" : "BY DEFAULT";
  const Span culprit = add.column.generation_span.empty() ? add.column.span : add.column.generation_span;
  Finding& finding = context.report(
      culprit,
      fmt::format("Adding the identity column {} rewrites all of {} to number its rows, and {} {}", name,
                  context.name_of(add.table), rule::blocks(context, add.table), rule::until(context, "it is done")));
  const std::string sequence = ir::quote_identifier(rule::object_name(add.table, {add.column.name}, "fill"));
  finding.help =
      rule::Steps(context)
          .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table, column, ir::to_sql(add.column.type.value)))
          .run(fmt::format("CREATE SEQUENCE {}", sequence))
          .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT nextval('{}')", table, column, sequence))
          .fill(context, add.table, add.column.name.value, fmt::format("nextval('{}')", sequence))
          .prove_not_null(context, add.table, add.column.name.value)
          .say("the identity itself is instant; let it begin behind the highest number:")
          .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT", table, column))
          .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} ADD GENERATED {} AS IDENTITY (START WITH 1000000)", table,
                           column, always))
          .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_column_identity = rule::subscribe<on_add_column>();

}  // namespace whimbrel::rules
