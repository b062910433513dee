// SQL whose text is put together from what the run finds.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  for (const ir::Remark& remark : end.migration.remarks) {
    if (remark.kind != ir::Remark::Kind::dynamic_sql) continue;
    Finding& finding = context.report(remark.span, fmt::format("The text of this SQL is made with {}, which only a run can tell: a quote in it makes another statement of it", remark.detail));
    finding.help = "bind values: sa.text(\"… = :value\") with {\"value\": …}; quote names with sa.sql.quoted_name or op's own directives";
  }
}

}  // namespace

extern constinit const rule::RuleChecks dynamic_sql = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
