// A down part that does nothing, though the up part does something: going down and up again fails.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  if (migration.down.state != ir::PartState::empty || !rule::changes_anything(migration.up.statements)) return;
  Finding& finding = context.report(
      migration.down.span.empty() ? migration.id_span : migration.down.span,
      fmt::format("The down part of {} is empty: it claims to undo what the migration did, and leaves it all there",
                  migration.id));
  finding.down = true;
  finding.help =
      context.is_sql_source()
          ? "write what undoes the migration, or leave the down part away"
          : "write what undoes upgrade(); where nothing can: raise NotImplementedError(\"cannot be undone\")";
}

}  // namespace

extern constinit const rule::RuleChecks empty_downgrade = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
