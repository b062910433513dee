// Long work behind a statement that locked: the lock is kept until all of it is done.
#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Index builds and data changes have rules of their own.
bool has_own_rule(const ir::Statement& statement) {
  return std::ranges::any_of(statement.steps, [](const ir::Step& step) {
    return std::holds_alternative<ir::op::CreateIndex>(step.operation) || std::holds_alternative<ir::op::Insert>(step.operation) ||
           std::holds_alternative<ir::op::Update>(step.operation) || std::holds_alternative<ir::op::Delete>(step.operation) ||
           std::holds_alternative<ir::op::Merge>(step.operation);
  });
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (!start.statement.body.empty() || context.transaction().held.empty() || has_own_rule(start.statement)) return;
  const rule::HeavyWork heavy = rule::heavy_work(context);
  if (heavy.work == nullptr) return;
  const auto locks = rule::felt_locks(context);
  if (locks.empty()) return;
  rule::report_held(context, start.statement.span,
                    fmt::format("This {} while {}, because an earlier statement of the transaction {}", heavy.phrase,
                                rule::who_waits(context, locks), rule::locked_them(locks)),
                    locks);
}

}  // namespace

extern constinit const rule::RuleChecks statement_while_holding_exclusive_lock = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
