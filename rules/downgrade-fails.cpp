// A statement of the down part that the server refuses, on the schema as the up part left it.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// A down part without its up part (a file of its own under another name) is tried on nothing that it was made for.
bool is_down(const rule::Context& context) {
  return context.moment().direction == ir::Direction::down && context.moment().migration.up.state != ir::PartState::missing;
}

/// Told by other rules: no SQL (syntax-error, syntax-newer-than-server), not in a transaction (concurrently-in-transaction).
bool is_told_elsewhere(std::string_view sqlstate) { return sqlstate == "42601" || sqlstate == "25001"; }

/// op.drop_constraint(None, …) has words of its own below.
bool is_nameless(const ir::Step& step) {
  const auto* drop = std::get_if<ir::op::DropConstraint>(&step.operation);
  return drop != nullptr && drop->constraint.value.empty();
}

/// Written for a newer server, which names what this one does not: its NOT NULL constraints. Told by syntax-newer-than-server.
bool is_for_newer_server(const rule::Context& context) {
  const auto is_newer = [&](const ir::Statement& statement) { return facts::syntax_version(statement).since > context.pg_version(); };
  return is_newer(context.moment().outermost) || std::ranges::any_of(rule::statements_before(context), is_newer) ||
         std::ranges::any_of(rule::statements_behind(context), is_newer);
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  const facts::Effects& effects = context.statement_effects();
  if (!is_down(context) || context.moment().runs != Tri::yes || effects.error.empty() || is_told_elsewhere(effects.error)) return;
  if (context.reported_statement() || std::ranges::any_of(start.statement.steps, is_nameless)) return;
  if (effects.error == "42704" && is_for_newer_server(context)) return;
  context.report(start.statement.span, fmt::format("This statement of the down part fails: {}", effects.error_reason)).help =
      "undo the steps of the up part in the opposite order, by the names that they made";
}

/// It exists because a statement before could not drop it: op.drop_constraint(None, …) has told.
bool follows_nameless_drop(const rule::Context& context) {
  const auto* add = std::get_if<ir::op::AddConstraint>(&context.step().operation);
  if (add == nullptr) return false;
  const ir::QualifiedName table = context.catalog().resolve(add->table.value);
  const auto could_not_drop = [&](const ir::Step& step) {
    return is_nameless(step) && context.catalog().resolve(std::get<ir::op::DropConstraint>(step.operation).table.value) == table;
  };
  return std::ranges::any_of(rule::statements_before(context), [&](const ir::Statement& before) { return std::ranges::any_of(before.steps, could_not_drop); });
}

void on_problem(const rule::CatalogProblemMet& met, rule::Context& context) {
  const catalog::Problem& problem = met.problem;
  if (!is_down(context) || context.moment().runs != Tri::yes || !problem.sure || problem.sqlstate.empty() ||
      context.reported_statement())
    return;
  if (problem.kind == catalog::Problem::Kind::missing_object && is_for_newer_server(context)) return;
  if (problem.kind == catalog::Problem::Kind::existing_object && follows_nameless_drop(context)) return;
  std::string reason = problem.what;
  if (problem.kind == catalog::Problem::Kind::missing_object) reason += " does not exist after the up part";
  const bool exists = problem.kind == catalog::Problem::Kind::existing_object;
  if (exists) reason += " exists already";
  context.report(problem.span, fmt::format("This statement of the down part fails: {}", reason)).help =
      exists ? "leave it out where the up part has not dropped it; else undo the steps of the up part in the opposite order"
             : "undo the steps of the up part in the opposite order, by the names that they made";
}

/// A constraint's name where the source gives none: the one that the up part made and nobody named.
std::string name_to_drop(const ir::op::DropConstraint& drop, const rule::Context& context) {
  const catalog::Relation* table = context.table(drop.table);
  if (table == nullptr) return "";
  std::string name;
  for (const catalog::Constraint& constraint : table->constraints) {
    if (constraint.origin.part + 1 != context.moment().part_number || constraint.kind == ir::ConstraintKind::not_null) continue;
    if (!name.empty()) return "";
    name = constraint.name;
  }
  return name;
}

void on_drop_constraint(const ir::op::DropConstraint& drop, rule::Context& context) {
  if (!is_down(context) || !drop.constraint.value.empty() || context.moment().runs != Tri::yes) return;
  const std::string name = name_to_drop(drop, context);
  Finding& finding = context.report(
      drop.constraint.span, fmt::format("The constraint of {} to drop has no name: Alembic raises instead of dropping it", context.name_of(drop.table)));
  finding.help = name.empty() ? "name the constraint in upgrade(), and drop it by that name"
                              : fmt::format("op.drop_constraint({}, {}{})", rule::python_string(name),
                                            rule::python_string(drop.table.value.name), rule::python_schema(drop.table));
  if (!name.empty()) finding.help += "  # as PostgreSQL named it; better a name of your own in upgrade()";
}

bool has_value(const ir::ColumnDef& column) {
  return (column.default_value && column.default_value->kind != ir::ExprKind::null) || column.serial != ir::Serial::none ||
         column.identity != ir::Identity::none || column.generated != ir::Generated::none;
}

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (!is_down(context) || context.moment().runs != Tri::yes || context.effects().possible_error != "23502" || has_value(add.column)) return;
  if (rule::is_own(context, add.table)) return;
  const catalog::Relation* table = context.table(add.table);
  if (table != nullptr && table->origin.part != 0 && table->origin.part + 1 == context.moment().part_number) return;
  const std::string name = rule::column_of(context, add.table, add.column.name.value);
  Finding& finding = context.report(
      add.column.not_null.value_or(add.column.span),
      fmt::format("{} comes back NOT NULL without a default, which fails as soon as {} has a row", name, context.name_of(add.table)));
  const std::string target = ir::to_sql(add.table.value);
  const std::string column = ir::quote_identifier(add.column.name.value);
  finding.help =
      rule::Steps(context)
          .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", target, column, add.column.type.value.known() ? ir::to_sql(add.column.type.value) : "…"))
          .run(fmt::format("UPDATE {} SET {} = …", target, column))
          .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", target, column))
          .text();
}

/// The names that the table has had in this part up to here, its last one first.
std::vector<ir::QualifiedName> names_of(const ir::RelationName& table, const rule::Context& context) {
  std::vector<ir::QualifiedName> names = {context.catalog().resolve(table.value)};
  const auto before = rule::statements_before(context);
  for (auto statement = before.rbegin(); statement != before.rend(); ++statement) {
    for (const ir::Step& step : statement->steps) {
      const auto* rename = std::get_if<ir::op::RenameTable>(&step.operation);
      if (rename == nullptr || rename->new_name.value != names.back().name) continue;
      const std::string schema = names.back().schema;
      names.push_back({rename->table.value.schema.empty() ? schema : rename->table.value.schema, rename->table.value.name});
    }
  }
  return names;
}

/// Whether a statement before this one in the part writes the table: it may well fill the column, or delete the rows without a value.
bool is_filled_before(const ir::op::SetNotNull& set, const rule::Context& context) {
  const std::vector<ir::QualifiedName> names = names_of(set.table, context);
  const auto is_table = [&](const ir::RelationName& name) {
    return std::ranges::any_of(names, [&](const ir::QualifiedName& one) {
      return one.name == name.value.name && (name.value.schema.empty() || one.schema == name.value.schema);
    });
  };
  const auto writes = [&](const ir::Step& step) {
    if (const auto* update = std::get_if<ir::op::Update>(&step.operation)) return is_table(update->table);
    if (const auto* remove = std::get_if<ir::op::Delete>(&step.operation)) return is_table(remove->table);
    if (const auto* truncate = std::get_if<ir::op::Truncate>(&step.operation)) return is_table(truncate->table);
    return std::holds_alternative<ir::op::Opaque>(step.operation) || std::holds_alternative<ir::op::Do>(step.operation);
  };
  return std::ranges::any_of(rule::statements_before(context), [&](const ir::Statement& statement) { return std::ranges::any_of(statement.steps, writes); });
}

/// The up part allowed NULL, so there may be some by now.
void on_set_not_null(const ir::op::SetNotNull& set, rule::Context& context) {
  if (!is_down(context) || context.moment().runs != Tri::yes || context.effects().possible_error != "23502") return;
  const catalog::Relation* table = context.table(set.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(set.column.value);
  if (column == nullptr || column->not_null != Tri::no || rule::is_own(context, set.table)) return;
  if (column->origin.part == context.moment().part_number || is_filled_before(set, context)) return;
  Finding& finding = context.report(
      set.column.span,
      fmt::format("SET NOT NULL of {} fails where a row has been given NULL since the up part allowed it", rule::column_of(context, set.table, set.column.value)));
  finding.severity = Severity::info;
  const std::string name = ir::quote_identifier(set.column.value);
  finding.help = rule::Steps(context)
                     .say("first a value for these rows:")
                     .run(fmt::format("UPDATE {} SET {} = … WHERE {} IS NULL", ir::to_sql(set.table.value), name, name))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks downgrade_fails =
    rule::subscribe<on_statement, on_problem, on_drop_constraint, on_add_column, on_set_not_null>();

}  // namespace whimbrel::rules
