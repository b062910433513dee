// CREATE TABLE … PARTITION OF takes the parent's strongest lock, ATTACH does not.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create_table(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.partition_of.value.empty() || context.is_harmless(create.partition_of) || context.reported_in_part()) return;
  if (context.pg_version() < 12 || !context.effects().error.empty()) return;
  if (!blocks_reads(context.effects().lock_on(context.catalog().resolve(create.partition_of.value)))) return;
  Finding& finding = context.report(
      create.partition_of.span, fmt::format("Creating a partition {}{} {}", rule::blocks(context, create.partition_of), " of all of " + context.name_of(create.partition_of),
                                            rule::until(context, "it is done")));
  const std::string table = ir::to_sql(create.table.value);
  const std::string parent = ir::to_sql(create.partition_of.value);
  finding.help = rule::Steps(context)
                     .say("made alone and attached, neither reads nor writes of the parent wait:")
                     .run(fmt::format("CREATE TABLE {} (LIKE {} INCLUDING ALL)", table, parent))
                     .run(fmt::format("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES …", parent, table))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks create_partition_of = rule::subscribe<on_create_table>();

}  // namespace whimbrel::rules
