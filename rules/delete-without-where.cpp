// DELETE of every row: the data is gone, and each row is locked until the transaction ends.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_delete(const ir::op::Delete& erase, rule::Context& context) {
  const bool tautology = erase.where && rule::always_true(*erase.where);
  if ((erase.has_where && !tautology) || rule::is_own(context, erase.table)) return;
  // The runner's own notes are one row.
  if (erase.table.value.name == "alembic_version") return;
  Finding& finding = context.report(
      tautology ? erase.where->span : context.step().span,
      fmt::format("DELETE {} removes every row of {}",
                  tautology ? "with a condition that is always true" : "without WHERE", context.name_of(erase.table)));
  finding.help = rule::Steps(context)
                     .say("the rows that have to go, in batches, each in a transaction of its own:")
                     .run(fmt::format("DELETE FROM {} WHERE {}", ir::to_sql(erase.table.value), rule::a_batch(context, erase.table, "…")))
                     .say("or, where all of them have to, say why: whimbrel: ignore delete-without-where (…)")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks delete_without_where = rule::subscribe<on_delete>();

}  // namespace whimbrel::rules
