// ENABLE ROW LEVEL SECURITY on a table without a policy hides all its rows.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether a later statement of the part makes a policy of the table, or gives the idea up.
bool gets_policy_later(const rule::Context& context, const ir::QualifiedName& table) {
  return std::ranges::any_of(context.moment().part.statements, [&](const ir::Statement& statement) {
    return statement.span.begin >= context.statement().span.begin && std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
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
  if (gets_policy_later(context, table->name)) return;
  Finding& finding = context.report(context.step().span, fmt::format("{} has no policy: with row level security every role but its owner sees none of its rows", context.name_of(alter.table)));
  finding.help = rule::Steps(context).run(fmt::format("CREATE POLICY {} ON {} USING (…)", ir::quote_identifier(alter.table.value.name + "_policy"), ir::to_sql(alter.table.value))).text();
}

}  // namespace

extern constinit const rule::RuleChecks rls_enabled_without_policy = rule::subscribe<on_alter>();

}  // namespace whimbrel::rules
