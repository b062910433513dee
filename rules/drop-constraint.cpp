// A dropped constraint lets in what it kept out.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropConstraint& drop, rule::Context& context) {
  if (rule::is_own(context, drop.table) || !context.effects().error.empty()) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Constraint* constraint = table == nullptr ? nullptr : table->find_constraint(drop.constraint.value);
  if (constraint == nullptr && drop.if_exists) return;
  if (constraint != nullptr && rule::made_in_this_part(context, constraint->origin)) return;
  std::string message = fmt::format("Without {} rows of {} may be written that it kept out", ir::quote_identifier(drop.constraint.value), context.name_of(drop.table));
  const std::vector<std::string> others = rule::also_blocked(context, drop.table);
  if (!others.empty()) message += fmt::format("; dropping it locks {} too", rule::join_names(others));
  context.report(drop.constraint.span, std::move(message));
}

}  // namespace

extern constinit const rule::RuleChecks drop_constraint = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
