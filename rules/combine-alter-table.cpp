// Two ALTER TABLE that each go through the same table: one statement with both actions does it once.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Actions that ALTER TABLE takes in a list. VALIDATE needs a weaker lock, and is better off alone.
bool can_be_listed(const ir::Statement& statement) {
  return statement.kind == "AlterTable" && std::ranges::all_of(statement.steps, [](const ir::Step& step) {
    return std::holds_alternative<ir::op::AddColumn>(step.operation) || std::holds_alternative<ir::op::DropColumn>(step.operation) ||
           std::holds_alternative<ir::op::AlterColumnType>(step.operation) || std::holds_alternative<ir::op::SetDefault>(step.operation) ||
           std::holds_alternative<ir::op::DropDefault>(step.operation) || std::holds_alternative<ir::op::SetNotNull>(step.operation) ||
           std::holds_alternative<ir::op::DropNotNull>(step.operation) || std::holds_alternative<ir::op::AddConstraint>(step.operation) ||
           std::holds_alternative<ir::op::DropConstraint>(step.operation) || std::holds_alternative<ir::op::AlterTable>(step.operation);
  });
}

/// The table that the statement alters; empty where it is not one of ours.
ir::QualifiedName altered_table(const ir::Statement& statement, const rule::Context& context) {
  if (!can_be_listed(statement) || statement.steps.empty() || statement.runs != Tri::yes) return {};
  return std::visit(
      [&](const auto& op) -> ir::QualifiedName {
        if constexpr (requires { op.table.value.name; }) {
          return context.catalog().resolve(op.table.value);
        } else {
          return {};
        }
      },
      statement.steps.front().operation);
}

/// From the earlier ALTER TABLE up to this statement there is nothing but such statements: rows that an UPDATE between them changes
/// must be there before the second one.
bool stand_together(const rule::Context& context, const facts::TablePass& pass) {
  const std::vector<ir::Statement>& statements = context.moment().part.statements;
  const ir::Statement* const now = &context.moment().outermost;
  if (&context.statement() != now || altered_table(*now, context) != pass.table) return false;  // a DO block does other things too
  for (const ir::Statement* one = now; one >= statements.data(); --one) {
    if (!can_be_listed(*one)) return false;
    if (one->span == pass.statement) return altered_table(*one, context) == pass.table;
  }
  return false;
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (start.statement.kind != "AlterTable" || context.transaction().passes.empty()) return;
  constexpr std::ptrdiff_t kFarthest = 50;  // statements that stand together are near
  const facts::Effects& effects = context.statement_effects();
  const auto& passes = context.transaction().passes;
  for (auto pass = passes.rbegin(); pass != passes.rend() && pass - passes.rbegin() < kFarthest; ++pass) {
    const ir::RelationName table{.value = pass->table, .span = {}};
    const std::optional<bool> rewrites = facts::pass_over(effects, pass->table);
    if (!rewrites || pass->part != context.moment().part_number || context.is_harmless(table)) continue;
    if (!stand_together(context, *pass)) continue;
    Finding& finding = context.report(
        start.statement.span, fmt::format("{} is {} a second time: one ALTER TABLE with the actions of both does it once",
                                          context.name_of(table), *rewrites && pass->rewritten ? "rewritten" : "read in full"));
    rule::add_label(finding, pass->statement, "the first time is here");
    finding.help = "list the actions in one ALTER TABLE, separated by commas";
    return;
  }
}

}  // namespace

extern constinit const rule::RuleChecks combine_alter_table = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
