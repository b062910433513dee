// ENABLE ROW LEVEL SECURITY on a table without a policy hides all its rows.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether one of the statements makes a policy of the table, gives the idea up, or may do either.
bool may_give_policy(std::span<const ir::Statement> statements, const rule::Context& context, const ir::QualifiedName& table) {
  return std::ranges::any_of(statements, [&](const ir::Statement& statement) {
    return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
      if (const auto* policy = std::get_if<ir::op::CreatePolicy>(&step.operation)) return context.catalog().resolve(policy->table.value) == table;
      if (const auto* drop = std::get_if<ir::op::DropTable>(&step.operation)) return context.catalog().resolve(drop->table.value) == table;
      return std::holds_alternative<ir::op::Opaque>(step.operation) || std::holds_alternative<ir::op::Do>(step.operation);
    });
  });
}

void on_alter(const ir::op::AlterTable& alter, rule::Context& context) {
  if (alter.action != ir::op::TableAction::enable_row_security) return;
  const catalog::Relation* table = context.table(alter.table);
  if (table == nullptr || table->presumed || !table->exact || table->row_security) return;
  if (std::ranges::any_of(table->attached, [](const catalog::Attached& one) { return one.kind == catalog::Attached::Kind::policy; })) return;
  // In a DO block the policy stands in the same body.
  if (may_give_policy(context.moment().outermost.body, context, table->name) || may_give_policy(rule::statements_behind(context), context, table->name)) return;
  Finding& finding = context.report(context.step().span, fmt::format("{} has no policy: with row level security every role but its owner, and those that bypass it, sees none of its rows", context.name_of(alter.table)));
  finding.help = rule::Steps(context).run(fmt::format("CREATE POLICY {} ON {} USING (…)", ir::quote_identifier(alter.table.value.name + "_policy"), ir::to_sql(alter.table.value))).text();
}

}  // namespace

extern constinit const rule::RuleChecks rls_enabled_without_policy = rule::subscribe<on_alter>();

}  // namespace whimbrel::rules
