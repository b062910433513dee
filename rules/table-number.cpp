// A table name in the singular where the project has agreed on the plural, or the other way round.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::Name& name, rule::Context& context) {
  const rule::Conventions& agreed = context.conventions();
  if (agreed.table_number == rule::TableNumber::any) return;
  const bool plural = agreed.table_number == rule::TableNumber::plural;
  const rule::Number number = rule::number_of(name.value, agreed.uncountable);
  if (plural ? number.plural : number.singular) return;
  Finding& finding = context.remark(name.span, fmt::format("Table {} is named in the {}; this project names tables in the {}", ir::quote_identifier(name.value),
                                                           plural ? "singular" : "plural", plural ? "plural" : "singular"));
  finding.help = "where the word is both, add it to `uncountable` in [rules.naming]";
}

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence != ir::Persistence::temporary && create.partition_of.value.empty()) judge({.value = create.table.value.name, .span = create.table.span}, context);
}
void on_rename(const ir::op::RenameTable& rename, rule::Context& context) { judge(rename.new_name, context); }

}  // namespace

extern constinit const rule::RuleChecks table_number = rule::subscribe<on_create, on_rename>();

}  // namespace whimbrel::rules
