// A command of psql in a file that psql does not run.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  if (migration.runner.empty() || migration.runner == "sqitch") return;
  for (const ir::Remark& remark : migration.remarks) {
    if (remark.kind != ir::Remark::Kind::psql_command) continue;
    Finding& finding = context.report(remark.span, fmt::format("{} is a command of psql; {} sends it to the server, which finds a syntax error", remark.detail, migration.runner));
    finding.help = "say it in SQL, or leave it out";
  }
}

}  // namespace

extern constinit const rule::RuleChecks psql_meta_command = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
