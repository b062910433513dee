// Transaction control that does not do what it looks like.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// "flyway", or what stands for a runner that only the configuration knows of.
std::string runner_of(const rule::Context& context) {
  const std::string& runner = context.moment().migration.runner;
  return runner.empty() ? "the runner" : runner;
}

void on_begin(rule::Context& context) {
  const facts::TransactionState& state = context.transaction();
  const bool own = state.kind == facts::TransactionState::Kind::explicit_block;
  Finding& finding = context.report(
      context.step().span, own ? "BEGIN inside a transaction does nothing but warn: the next COMMIT ends the outer one"
                               : fmt::format("BEGIN does nothing but warn: {} has opened a transaction, which the next COMMIT ends", runner_of(context)));
  if (own && !state.opened.empty()) rule::add_label(finding, state.opened, "the transaction is opened here");
  finding.help = rule::Steps(context).say("leave it out, or use SAVEPOINT").text();
}

void on_end(std::string_view word, rule::Context& context) {
  using Kind = facts::TransactionState::Kind;
  const facts::TransactionState& state = context.transaction();
  if (!state.open) {
    Finding& finding = context.report(context.step().span, fmt::format("{} without a transaction does nothing but warn", word));
    finding.help = rule::Steps(context).say("open the transaction with BEGIN before what belongs together, or leave this out").text();
  } else if (state.kind == Kind::runner && !context.reported_in_part()) {  // a BEGIN before it has said so already
    Finding& finding = context.report(context.step().span, fmt::format("{} ends the transaction that {} has opened: what follows is not undone with it", word, runner_of(context)));
    finding.help = rule::Steps(context).say("leave it to the runner, or tell it to open none for this file").text();
  }
}

void on_transaction(const ir::op::Transaction& transaction, rule::Context& context) {
  using Action = ir::op::TransactionAction;
  const facts::TransactionState& state = context.transaction();
  if (!context.is_sql_source() || state.kind == facts::TransactionState::Kind::implicit_string) return;
  if (transaction.action == Action::begin && state.open) on_begin(context);
  if (transaction.action == Action::commit) on_end("COMMIT", context);
  if (transaction.action == Action::rollback) on_end("ROLLBACK", context);
}

}  // namespace

extern constinit const rule::RuleChecks transaction_nesting = rule::subscribe<on_transaction>();

}  // namespace whimbrel::rules
