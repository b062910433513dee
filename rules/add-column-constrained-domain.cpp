// ADD COLUMN of a domain with constraints checks every row by writing it anew.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (context.is_harmless(add.table) || rule::does_nothing(context, add)) return;
  if (rule::work_of(context.effects().rewrites, {facts::Cause::constrained_domain}) == nullptr) return;
  const std::string type = ir::to_sql(add.column.type.value);
  Finding& finding = context.report(add.column.type.span,
                                    fmt::format("A column of the domain {}, which has constraints, rewrites {} and {} {}", type,
                                                context.name_of(add.table), rule::blocks(context, add.table),
                                                rule::until(context, "every row is written anew")));
  finding.help = rule::Steps(context)
                     .say("a column of the domain's base type, and its constraint without a look at the rows:")
                     .run(fmt::format("ALTER TABLE {} ADD COLUMN {} …", ir::to_sql(add.table.value), ir::quote_identifier(add.column.name.value)))
                     .add_not_valid(ir::to_sql(add.table.value), rule::object_name(add.table, {add.column.name}, "check"), "CHECK (…)")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_column_constrained_domain = rule::subscribe<on_add_column>();

}  // namespace whimbrel::rules
