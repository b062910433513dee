// One UPDATE that fills a new column rewrites every row in one transaction.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The column that the condition alone is about: `column IS NULL`, be it in brackets.
std::string null_column(const ir::Expr& where) {
  if (where.kind != ir::ExprKind::is_null || where.args.empty() || !where.args[0] || where.args[0]->kind != ir::ExprKind::column || where.args[0]->names.empty()) return {};
  return where.args[0]->names.back();
}

void on_update(const ir::op::Update& update, rule::Context& context) {
  if (!update.where || rule::is_own(context, update.table) || context.is_harmless(update.table)) return;
  const std::string name = null_column(*update.where);
  const catalog::Relation* table = context.table(update.table);
  const catalog::Column* column = name.empty() || table == nullptr ? nullptr : table->find_column(name);
  if (column == nullptr || column->default_value || column->generated != ir::Generated::none || !rule::made_in_this_part(context, column->origin)) return;
  Finding& finding = context.report(context.step().span, fmt::format("Every row of {} is rewritten in one statement: {} is new, so it is NULL everywhere", context.name_of(update.table), rule::column_of(context, update.table, name)));
  finding.help = rule::Steps(context)
                     .say("in batches, each in its own transaction, until no row is left:")
                     .run(fmt::format("UPDATE {} SET … WHERE {}", ir::to_sql(update.table.value), rule::a_batch(context, update.table, ir::quote_identifier(name) + " IS NULL")))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks unbatched_backfill = rule::subscribe<on_update>();

}  // namespace whimbrel::rules
