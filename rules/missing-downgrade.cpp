// A migration without a down part in a history that has them cannot be taken back.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// A history in which nobody has written one goes forward only, which is a policy, not an oversight. One revision alone says nothing yet.
bool goes_forward_only(const rule::Context& context) {
  const history::History& history = context.moment().history;
  return !history.has_down_parts && (context.is_sql_source() || history.migrations.size() > 1);
}

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  if (migration.down.state != ir::PartState::missing || migration.repeatable) return;
  if (migration.up.state != ir::PartState::present || !rule::changes_anything(migration.up.statements)) return;
  if (goes_forward_only(context)) return;
  Finding& finding = context.report(
      context.is_sql_source() ? migration.up.statements.front().span : migration.id_span,
      context.is_sql_source()
          ? fmt::format("Migration {} has no down part, though others of this history have one", migration.id)
          : fmt::format("Revision {} has no downgrade(): it cannot be taken back", migration.id));
  finding.help = context.is_sql_source()
                     ? "write what undoes it; where nothing can, a down part that says why:\n-- whimbrel: ignore-file empty-downgrade (reason)"
                     : "def downgrade() -> None:\n    ...  # what undoes upgrade()";
}

}  // namespace

extern constinit const rule::RuleChecks missing_downgrade = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
