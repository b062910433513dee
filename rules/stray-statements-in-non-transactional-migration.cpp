// A migration without a transaction that cannot be run again when a later statement fails.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/repeat.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The file or its runner says so; of Alembic's revisions, which have a transaction unless told otherwise, the configuration does.
bool says_none(const history::Moment& moment) {
  const auto& said = moment.part.transaction ? moment.part.transaction : moment.migration.transaction;
  return moment.mode == ir::TransactionMode::none && (said == ir::TransactionMode::none || moment.migration.runner == "alembic");
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  const history::Moment& moment = context.moment();
  if (moment.direction != ir::Direction::up || &moment.outermost != &start.statement || context.transaction().open || context.reported_in_part()) return;
  if (!says_none(moment) || rule::can_run_again(start.statement)) return;
  const auto changes = [](const ir::Statement& statement) { return rule::changes_anything(statement); };
  const auto behind = rule::statements_behind(context);
  const auto next = std::ranges::find_if(behind, changes);
  if (next == behind.end()) return;
  Finding& finding = context.remark(start.statement.span, fmt::format("There is no transaction: where a later statement fails this one stays, and {} stops here when it is run again", moment.migration.id));
  rule::add_label(finding, next->span, "where this fails, for one");
  finding.help = "put each such statement into a migration of its own, or let it pass where it is done already (IF NOT EXISTS, IF EXISTS, OR REPLACE)";
}

}  // namespace

extern constinit const rule::RuleChecks stray_statements_in_non_transactional_migration = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
