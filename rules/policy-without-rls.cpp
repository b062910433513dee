// A policy does nothing while row level security is off.
#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether one of the statements enables it, or may do anything.
bool may_enable(std::span<const ir::Statement> statements, const rule::Context& context, const ir::QualifiedName& table) {
  return std::ranges::any_of(statements, [&](const ir::Statement& statement) {
    return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
      if (const auto* alter = std::get_if<ir::op::AlterTable>(&step.operation)) {
        return alter->action == ir::op::TableAction::enable_row_security && context.catalog().resolve(alter->table.value) == table;
      }
      if (const auto* drop = std::get_if<ir::op::DropTable>(&step.operation)) return context.catalog().resolve(drop->table.value) == table;
      return std::holds_alternative<ir::op::Opaque>(step.operation) || std::holds_alternative<ir::op::Do>(step.operation);
    });
  });
}

void on_create(const ir::op::CreatePolicy& create, rule::Context& context) {
  const catalog::Relation* table = context.table(create.table);
  if (table == nullptr || table->presumed || !table->exact || table->row_security || !context.catalog().complete() || !context.effects().error.empty()) return;
  if (may_enable(context.moment().outermost.body, context, table->name) || may_enable(rule::statements_behind(context), context, table->name)) return;
  Finding& finding = context.remark(create.policy.span, fmt::format("Row level security is off for {}: policy {} hides nothing", context.name_of(create.table), ir::quote_identifier(create.policy.value)));
  finding.help = rule::Steps(context).run(fmt::format("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", ir::to_sql(create.table.value))).text();
}

}  // namespace

extern constinit const rule::RuleChecks policy_without_rls = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
