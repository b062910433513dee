// ADD COLUMN with a default that differs from row to row rewrites the table.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

std::string instead(const ir::op::AddColumn& add, const rule::Context& context) {
  const std::string table = ir::to_sql(add.table.value);
  const std::string column = ir::quote_identifier(add.column.name.value);
  const std::string value = ir::to_sql(*add.column.default_value);
  rule::Steps steps(context);
  steps.run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table, column, ir::to_sql(add.column.type.value)))
      .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}", table, column, value))
      .fill(context, add.table, add.column.name.value, value);
  if (add.column.not_null) steps.prove_not_null(context, add.table, add.column.name.value);
  return steps.text();
}

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (!add.column.default_value || context.is_harmless(add.table)) return;
  const auto& rewrites = context.effects().rewrites;
  const facts::Work* rewrite =
      rule::work_of(rewrites, {facts::Cause::volatile_default, facts::Cause::constant_default_before_11});
  if (rewrite == nullptr) return;

  const facts::ExprVolatility volatility =
      facts::volatility_of(*add.column.default_value, context.catalog(), context.pg_version());
  const bool constant = rewrite->cause == facts::Cause::constant_default_before_11;
  std::string reason;
  if (constant) {
    reason = fmt::format("because PostgreSQL {} stores the default in each row", context.pg_version());
  } else if (certainly(rewrite->happens)) {
    reason = fmt::format("because {} is computed for each row", volatility.culprit_name);
  } else {
    const bool told = add.column.default_value->kind != ir::ExprKind::opaque;
    reason = told ? fmt::format("unless {}, which the history does not know, is STABLE or IMMUTABLE", volatility.culprit_name)
                  : "unless the default, which cannot be told here, is the same for every row";
  }
  const std::string table = context.name_of(add.table);
  const Span culprit = constant || volatility.culprit.empty() ? add.column.default_span : volatility.culprit;
  Finding& finding = context.report(
      culprit, fmt::format("Adding {} with this default rewrites all of {} and {} {}, {}",
                           rule::column_of(context, add.table, add.column.name.value), table,
                           rule::blocks(context, add.table), rule::until(context, "it is done"), reason));
  finding.help = instead(add, context);
}

}  // namespace

extern constinit const rule::RuleChecks add_column_volatile_default = rule::subscribe<on_add_column>();

}  // namespace whimbrel::rules
