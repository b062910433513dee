// VACUUM FULL writes a table anew while nobody can use it.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_operation(const ir::op::Vacuum& operation, rule::Context& context) {
  if (!operation.full || (!operation.table.value.empty() && context.is_harmless(operation.table))) return;
  const bool all = operation.table.value.empty();
  Finding& finding = context.report(context.step().span, all ? std::string("VACUUM FULL writes every table of the database anew, and reads and writes of each wait until its copy is done")
                                                             : fmt::format("VACUUM FULL writes {} anew and {} until it and its indexes are done", context.name_of(operation.table),
                                                                           rule::blocks(context, operation.table)));
  const std::string name = all ? "" : " " + ir::to_sql(operation.table.value);
  finding.help = rule::Steps(context)
                     .say("blocks nobody, and makes the space usable again:")
                     .run_alone(fmt::format("VACUUM (ANALYZE){}", name))
                     .say("to give space back to the system without a long lock: pg_repack or pg_squeeze")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks vacuum_full = rule::subscribe<on_operation>();

}  // namespace whimbrel::rules
