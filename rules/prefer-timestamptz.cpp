// timestamp without time zone says no moment.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type.starts_with("timestamp") && type.ends_with("without time zone")) rule::report_type(context, column, table, "it names no moment; timestamptz does");
}

}  // namespace

extern constinit const rule::RuleChecks prefer_timestamptz = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
