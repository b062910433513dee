// A loop that runs SQL for each row of a query.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  for (const ir::Remark& remark : end.migration.remarks) {
    if (remark.kind != ir::Remark::Kind::row_loop) continue;
    Finding& finding = context.report(remark.span, "This loop runs SQL for each row of a query: a round trip a row, in one transaction");
    finding.help = "one UPDATE … FROM, or batches by id in transactions of their own";
  }
}

}  // namespace

extern constinit const rule::RuleChecks row_by_row_loop = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
