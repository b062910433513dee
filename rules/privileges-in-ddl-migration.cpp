// Privileges in a migration that also changes the schema.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether the statement changes more than privileges.
bool changes_schema(const ir::Statement& statement) {
  return std::ranges::any_of(statement.steps, [](const ir::Step& step) {
    return std::holds_alternative<ir::op::CreateTable>(step.operation) || std::holds_alternative<ir::op::AddColumn>(step.operation) || std::holds_alternative<ir::op::DropTable>(step.operation) ||
           std::holds_alternative<ir::op::DropColumn>(step.operation) || std::holds_alternative<ir::op::AddConstraint>(step.operation) || std::holds_alternative<ir::op::CreateIndex>(step.operation);
  });
}
void on_grant(const ir::op::Grant& /*grant*/, rule::Context& context) {
  if (context.reported_in_part() || std::ranges::none_of(context.moment().part.statements, changes_schema)) return;
  context.remark(context.step().span, "Privileges and schema change in one migration: where the role is missing, both fail");
}

}  // namespace

extern constinit const rule::RuleChecks privileges_in_ddl_migration = rule::subscribe<on_grant>();

}  // namespace whimbrel::rules
