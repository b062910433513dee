// ALTER TABLE … RENAME TO: code that is running knows the old name only.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool ends_transaction(const ir::Statement& statement) {
  return std::ranges::any_of(statement.steps, [](const ir::Step& step) {
    const auto* control = std::get_if<ir::op::Transaction>(&step.operation);
    return control != nullptr && (control->action == ir::op::TransactionAction::commit ||
                                  control->action == ir::op::TransactionAction::rollback);
  });
}

/// Whether the step makes a relation that is called `name`.
bool makes(const ir::Step& step, const ir::QualifiedName& name, const rule::Context& context) {
  const auto same = [&](const ir::QualifiedName& made) {
    return made == name || context.catalog().resolve(made) == context.catalog().resolve(name);
  };
  return std::visit(
      ir::Overloaded{
          [&](const ir::op::CreateView& view) { return same(view.view.value); },
          [&](const ir::op::CreateTable& table) { return same(table.table.value); },
          [&](const ir::op::CreateTableAs& table) { return same(table.table.value); },
          [&](const ir::op::RenameTable& table) { return same({table.table.value.schema, table.new_name.value}); },
          [](const auto&) { return false; },
      },
      step.operation);
}

/// Whether a later statement of the same transaction gives the old name back: nobody ever sees it missing.
bool comes_back(const ir::op::RenameTable& rename, const rule::Context& context) {
  if (!context.transaction().open) return false;
  bool after = false;
  for (const ir::Statement& statement : context.moment().part.statements) {
    if (&statement == &context.moment().outermost) {
      after = true;
    } else if (after) {
      if (ends_transaction(statement)) return false;
      const auto gives = [&](const ir::Step& step) { return makes(step, rename.table.value, context); };
      if (std::ranges::any_of(statement.steps, gives)) return true;
    }
  }
  return false;
}

/// Whether the new name was another table's until this very migration moved that one away: a swap, of which only the
/// result is seen.
bool takes_place(const ir::op::RenameTable& rename, const rule::Context& context) {
  for (const ir::Statement& statement : context.moment().part.statements) {
    if (&statement == &context.moment().outermost) return false;
    for (const ir::Step& step : statement.steps) {
      const auto* other = std::get_if<ir::op::RenameTable>(&step.operation);
      if (other != nullptr && other->table.value.name == rename.new_name.value) return context.transaction().open;
    }
  }
  return false;
}

void on_rename_table(const ir::op::RenameTable& rename, rule::Context& context) {
  if (rule::is_own(context, rename.table) || comes_back(rename, context) || takes_place(rename, context)) return;
  const std::string old = ir::to_sql(rename.table.value);
  const std::string fresh = ir::quote_identifier(rename.new_name.value);
  const std::string target =
      rename.table.value.schema.empty() ? fresh : ir::quote_identifier(rename.table.value.schema) + "." + fresh;
  Finding& finding = context.report(rename.new_name.span,
                                    fmt::format("Renaming {} to {} breaks code that still runs with the old name",
                                                context.name_of(rename.table), fresh));
  rule::Steps steps(context);
  const bool wrap = context.is_sql_source() && !context.transaction().open;
  steps.say("in the same transaction, a view that bears the old name until no code uses it:");
  if (wrap) steps.run("BEGIN");
  steps
      .run(fmt::format("ALTER TABLE {} RENAME TO {}", old, fresh),
           fmt::format("op.rename_table({}, {}{})", rule::python_string(rename.table.value.name),
                       rule::python_string(rename.new_name.value), rule::python_schema(rename.table)))
      .run(fmt::format("CREATE VIEW {} AS SELECT * FROM {}", old, target));
  if (wrap) steps.run("COMMIT");
  finding.help = steps.text();
}

}  // namespace

extern constinit const rule::RuleChecks rename_table = rule::subscribe<on_rename_table>();

}  // namespace whimbrel::rules
