// UPDATE of every row in one statement: each row is written anew and stays locked to the end.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_update(const ir::op::Update& update, rule::Context& context) {
  const bool tautology = update.where && rule::always_true(*update.where);
  if ((update.has_where && !tautology) || context.is_harmless(update.table)) return;
  // The runner's own notes are one row.
  if (update.table.value.name == "alembic_version") return;
  const std::string table = context.name_of(update.table);
  Finding& finding = context.report(
      tautology ? update.where->span : context.step().span,
      fmt::format(
          "UPDATE {} writes every row of {}, and each stays locked against other writers until the transaction ends",
          tautology ? "with a condition that is always true" : "without WHERE", table));
  const std::string column = update.columns.empty() ? "…" : ir::quote_identifier(update.columns.front().value);
  finding.help = rule::Steps(context)
                     .say("in batches, each in a transaction of its own:")
                     .run(fmt::format("UPDATE {} SET {} = … WHERE {}", ir::to_sql(update.table.value), column,
                                      rule::a_batch(context, update.table, "…")))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks update_without_where = rule::subscribe<on_update>();

}  // namespace whimbrel::rules
