// smallint ends at 32,767.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type == "smallint") rule::report_type(context, column, table, "it ends at 32,767; bigint does not run out");
}

}  // namespace

extern constinit const rule::RuleChecks prefer_bigint_over_smallint = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
