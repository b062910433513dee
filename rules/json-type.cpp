// json has no equality, so DISTINCT, GROUP BY and UNION fail.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type == "json") rule::report_type(context, column, table, "it has no equality: DISTINCT, GROUP BY and UNION over it fail; jsonb has one");
}

}  // namespace

extern constinit const rule::RuleChecks json_type = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
