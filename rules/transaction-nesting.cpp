// Transaction control that does not do what it looks like.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_transaction(const ir::op::Transaction& transaction, rule::Context& context) {
  using Action = ir::op::TransactionAction;
  using Kind = facts::TransactionState::Kind;
  const facts::TransactionState& state = context.transaction();
  if (!context.is_sql_source() || state.kind == Kind::implicit_string) return;
  if (transaction.action == Action::begin && state.open) {
    Finding& finding = context.report(context.step().span, state.kind == Kind::explicit_block ? "BEGIN inside a transaction does nothing but warn: the next COMMIT ends the outer one"
                                                                                              : fmt::format("BEGIN inside the transaction that {} opens does nothing but warn", context.moment().migration.runner));
    if (!state.opened.empty() && state.kind == Kind::explicit_block) rule::add_label(finding, state.opened, "the transaction is opened here");
    finding.help = rule::Steps(context).say("leave it out, or use SAVEPOINT").text();
  } else if ((transaction.action == Action::commit || transaction.action == Action::rollback) && !state.open) {
    Finding& finding = context.report(context.step().span, fmt::format("{} without a transaction does nothing but warn", transaction.action == Action::commit ? "COMMIT" : "ROLLBACK"));
    finding.help = rule::Steps(context).say("open the transaction with BEGIN before what belongs together, or leave this out").text();
  }
}

}  // namespace

extern constinit const rule::RuleChecks transaction_nesting = rule::subscribe<on_transaction>();

}  // namespace whimbrel::rules
