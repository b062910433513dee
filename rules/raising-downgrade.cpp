// A down part that refuses: an honest answer, and worth knowing before a rollback is needed.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  if (migration.down.state != ir::PartState::raising) return;
  Finding& finding = context.report(
      migration.down.span.empty() ? migration.id_span : migration.down.span,
      fmt::format("The down part of {} raises: there is no way back behind this migration", migration.id));
  finding.down = true;
  finding.help = "if the change can be undone after all, write how; else have a restore from backup ready";
}

}  // namespace

extern constinit const rule::RuleChecks raising_downgrade = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
