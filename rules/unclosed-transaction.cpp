// A transaction that the file opens and does not end.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_part_end(const rule::PartEnd& end, rule::Context& context) {
  if (!context.is_sql_source() || end.part.statements.empty()) return;
  bool open = false;
  Span at;
  for (const ir::Statement& statement : end.part.statements) {
    for (const ir::Step& step : statement.steps) {
      const auto* transaction = std::get_if<ir::op::Transaction>(&step.operation);
      if (transaction == nullptr) continue;
      using Action = ir::op::TransactionAction;
      if (transaction->action == Action::begin && !open) {
        open = true;
        at = step.span;
      } else if (transaction->action == Action::commit || transaction->action == Action::rollback || transaction->action == Action::prepare) {
        open = transaction->chain;
        at = step.span;
      }
    }
  }
  if (!open) return;
  Finding& finding = context.remark(at, "This transaction is never committed: what it does is rolled back when the session ends");
  finding.help = "end it with COMMIT;";
}

}  // namespace

extern constinit const rule::RuleChecks unclosed_transaction = rule::subscribe<on_part_end>();

}  // namespace whimbrel::rules
