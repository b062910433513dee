// ADD EXCLUDE builds its index while everybody waits, and has no other form.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  if (add.constraint.kind != ir::ConstraintKind::exclusion || context.is_harmless(add.table) || context.effects().builds.empty()) return;
  Finding& finding = context.report(
      add.constraint.span,
      fmt::format("Adding the exclusion constraint on {} builds its index and {} {}", context.name_of(add.table),
                  rule::blocks(context, add.table), rule::until(context, "it is built")));
  finding.help = rule::Steps(context)
                     .say("it can neither be added NOT VALID nor be given an index that is there:")
                     .say("make a new table with the constraint, copy the rows in batches and swap the names, or plan a maintenance window")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_exclusion_constraint = rule::subscribe<on_add_constraint>();

}  // namespace whimbrel::rules
