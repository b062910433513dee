// varchar(n) has to be altered when the limit turns out too low.
#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  const std::string type = rule::spelling(column.type.value);
  if (type.starts_with("character varying(")) rule::report_type(context, column, table, "its limit can only be lifted by ALTER TABLE; text with a CHECK is easier to change");
}

}  // namespace

extern constinit const rule::RuleChecks prefer_text_field = rule::subscribe<rule::EachColumn<judge>::made, rule::EachColumn<judge>::added>();

}  // namespace whimbrel::rules
