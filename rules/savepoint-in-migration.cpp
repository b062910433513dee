// A savepoint keeps part of a migration that failed.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_transaction(const ir::op::Transaction& transaction, rule::Context& context) {
  if (transaction.action != ir::op::TransactionAction::savepoint) return;
  context.remark(context.step().span, "Behind a savepoint part of the migration can be rolled back while the rest commits");
}

}  // namespace

extern constinit const rule::RuleChecks savepoint_in_migration = rule::subscribe<on_transaction>();

}  // namespace whimbrel::rules
