// DETACH PARTITION without CONCURRENTLY keeps everybody off the partitioned table.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool has_default_partition(const rule::Context& context, const catalog::Relation& table) {
  return std::ranges::any_of(table.children, [&](const ir::QualifiedName& name) {
    const catalog::Relation* child = context.catalog().find_relation(name);
    return child != nullptr && child->bound.is_default;
  });
}

void on_detach(const ir::op::DetachPartition& detach, rule::Context& context) {
  if (detach.concurrently || detach.finalize || context.pg_version() < 14 || context.is_harmless(detach.table)) return;
  if (context.is_harmless(detach.partition) || !context.effects().error.empty()) return;
  const catalog::Relation* table = context.table(detach.table);
  if (table != nullptr && has_default_partition(context, *table)) return;
  Finding& finding = context.report(
      context.step().span, fmt::format("Detaching {} {} of {} {}, and already while it waits for its turn", context.name_of(detach.partition),
                                       rule::blocks(context, detach.table), context.name_of(detach.table), rule::until(context, "it is done")));
  finding.help = rule::Steps(context)
                     .run_alone(fmt::format("ALTER TABLE {} DETACH PARTITION {} CONCURRENTLY", ir::to_sql(detach.table.value), ir::to_sql(detach.partition.value)))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks detach_partition_non_concurrent = rule::subscribe<on_detach>();

}  // namespace whimbrel::rules
