// A revision that imports the application's models runs with those of today, not of then.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  for (const ir::Remark& remark : end.migration.remarks) {
    if (remark.kind != ir::Remark::Kind::model_import) continue;
    Finding& finding = context.report(remark.span, fmt::format("{} is the application as it is when this runs, not as it was when {} was written", remark.detail, end.migration.id));
    finding.help = "write down what the revision needs: sa.table(\"users\", sa.column(\"id\", sa.BigInteger()), …)";
  }
}

}  // namespace

extern constinit const rule::RuleChecks model_import_in_migration = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
