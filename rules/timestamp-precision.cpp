// timestamp(0) rounds to the nearest second, up too.
#include <fmt/format.h>

#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type.starts_with("timestamp(") || type.starts_with("time(")) rule::report_type(context, column, table, "its precision rounds, so that a time can come out later than it was");
}

}  // namespace

extern constinit const rule::RuleChecks timestamp_precision = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
