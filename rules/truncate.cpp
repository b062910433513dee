// TRUNCATE: all rows are gone, with CASCADE also those of tables that refer to it.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Other tables that CASCADE empties, by name.
std::vector<std::string> cascades_to(const ir::op::Truncate& truncate, const rule::Context& context) {
  std::vector<std::string> names;
  if (!truncate.cascade) return names;
  const ir::QualifiedName own = context.catalog().resolve(truncate.table.value);
  for (const facts::Work& work : context.effects().rewrites) {
    if (work.relation != own) names.push_back(context.name_of({.value = work.relation, .span = {}}));
  }
  return names;
}

void on_truncate(const ir::op::Truncate& truncate, rule::Context& context) {
  if (rule::is_own(context, truncate.table)) return;
  const std::vector<std::string> others = cascades_to(truncate, context);
  std::string what = context.name_of(truncate.table);
  if (!others.empty()) {
    what += fmt::format(" and of {}, which refer{} to it,", rule::join_names(others), others.size() == 1 ? "s" : "");
  } else if (truncate.cascade) {
    what += " and of every table that refers to it,";
  }
  Finding& finding = context.report(
      truncate.table.span, fmt::format("TRUNCATE deletes all rows of {} and {} {}", what,
                                       rule::blocks(context, truncate.table), rule::until(context, "it is done")));
  finding.help = rule::Steps(context)
                     .say("the rows that have to go, in batches, each in a transaction of its own:")
                     .run(fmt::format("DELETE FROM {} WHERE {}", ir::to_sql(truncate.table.value), rule::a_batch(context, truncate.table, "…")))
                     .say("or, where all of them may go, TRUNCATE with the reason: whimbrel: ignore truncate (…)")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks truncate = rule::subscribe<on_truncate>();

}  // namespace whimbrel::rules
