// char(n) pads with blanks and is no faster than text.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type.starts_with("character(") || type == "character" || type.starts_with("bpchar")) rule::report_type(context, column, table, "blanks are added and ignored; text does what is meant");
}

}  // namespace

extern constinit const rule::RuleChecks char_type = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
