// Floating point does not hold decimal fractions exactly.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type == "real" || type == "double precision") rule::report_type(context, column, table, "it rounds decimal fractions; numeric is exact");
}

}  // namespace

extern constinit const rule::RuleChecks float_type = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
