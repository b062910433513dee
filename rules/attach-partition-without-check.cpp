// ATTACH PARTITION reads the new partition, and a default one, unless a CHECK proves the bound.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_attach(const ir::op::AttachPartition& attach, rule::Context& context) {
  if (attach.of_index || !context.effects().error.empty()) return;
  std::vector<std::string> read;
  for (const ir::RelationName& table : rule::tables_read(context)) read.push_back(context.name_of(table));
  if (read.empty()) return;
  Finding& finding = context.report(context.step().span,
                                    fmt::format("Attaching {} reads all of {} for rows outside of the bound, and {} {}",
                                                context.name_of(attach.partition), rule::join_names(read),
                                                rule::blocks(context, attach.partition), rule::until(context, "they are checked")));
  const std::string partition = ir::to_sql(attach.partition.value);
  finding.help = rule::Steps(context)
                     .say("a constraint that implies the bound (its columns NOT NULL), checked without blocking; then ATTACH reads nothing:")
                     .add_not_valid(partition, rule::object_name(attach.partition, {}, "bound"), "CHECK (…)")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks attach_partition_without_check = rule::subscribe<on_attach>();

}  // namespace whimbrel::rules
