// CLUSTER writes a table anew while nobody can use it.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_operation(const ir::op::Cluster& operation, rule::Context& context) {
  if (!operation.table.value.empty() && context.is_harmless(operation.table)) return;
  if (!context.effects().error.empty() || operation.repack) return;
  const bool all = operation.table.value.empty();
  Finding& finding = context.report(context.step().span, all ? std::string("CLUSTER writes every table that was clustered before anew, and reads and writes of each wait until it is done")
                                                             : fmt::format("CLUSTER writes {} anew and {} until it and its indexes are done", context.name_of(operation.table),
                                                                           rule::blocks(context, operation.table)));
  finding.help = rule::Steps(context).say("pg_repack --order-by does the same with a short lock only").text();
}

}  // namespace

extern constinit const rule::RuleChecks cluster = rule::subscribe<on_operation>();

}  // namespace whimbrel::rules
