// money depends on the server's locale.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type == "money") rule::report_type(context, column, table, "its decimals depend on the locale of the server; numeric does not");
}

}  // namespace

extern constinit const rule::RuleChecks money_type = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
