// A transaction that holds locks may be left open for ever.
#include <fmt/format.h>
#include <algorithm>
#include <variant>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool sets_timeout(const ir::Statement& statement) {
  return std::ranges::any_of(statement.steps, [](const ir::Step& step) {
    const auto* set = std::get_if<ir::op::SetParameter>(&step.operation);
    return set != nullptr && set->action == ir::op::ParameterAction::set && set->value != "0" &&
           (equals_ignoring_case(set->name.value, "idle_in_transaction_session_timeout") || equals_ignoring_case(set->name.value, "transaction_timeout"));
  });
}

bool ends_transaction(const ir::Statement& statement) { return statement.kind == "Commit" || statement.kind == "Rollback"; }

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (!context.transaction().open || context.reported_in_part() || &context.moment().outermost != &start.statement) return;
  const auto behind = rule::statements_behind(context);
  if (behind.empty() || ends_transaction(behind.front()) || std::ranges::any_of(rule::statements_before(context), sets_timeout)) return;
  const auto& locks = context.statement_effects().locks;
  const auto felt = std::ranges::find_if(locks, [&](const facts::RelationLock& lock) { return rule::is_felt(context, lock); });
  if (felt == locks.end()) return;
  Finding& finding = context.report(start.statement.span, fmt::format("From here {} is locked until the transaction ends, and nothing ends it where its session goes idle", context.name_of({.value = felt->relation, .span = {}})));
  finding.locks.push_back({facts::display_name(felt->relation), felt->mode});
  finding.help = rule::Steps(context).say("before it:").run("SET LOCAL idle_in_transaction_session_timeout = '10s'").text();
}

}  // namespace

extern constinit const rule::RuleChecks missing_idle_in_transaction_timeout = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
