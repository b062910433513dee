// A primary key builds its index while everybody waits, and reads the table where its columns may be NULL.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The key's columns that may hold NULL, as far as the history tells.
std::vector<ir::Name> nullable(const catalog::Relation* table, const std::vector<ir::Name>& columns) {
  std::vector<ir::Name> names;
  for (const ir::Name& name : columns) {
    const catalog::Column* column = table == nullptr ? nullptr : table->find_column(name.value);
    if (column == nullptr || column->not_null != Tri::yes) names.push_back(name);
  }
  return names;
}

/// Whether the statement itself takes the old key away: before it, the key's name is not free.
bool replaces_a_key(const rule::Context& context) {
  const auto& steps = context.statement().steps;
  return std::any_of(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(context.step_index()), [](const ir::Step& step) {
    return std::holds_alternative<ir::op::DropConstraint>(step.operation) || std::holds_alternative<ir::op::DropColumn>(step.operation);
  });
}

void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  const ir::Constraint& key = add.constraint;
  if (key.kind != ir::ConstraintKind::primary_key || context.is_harmless(add.table)) return;
  const bool from_index = !key.using_index.value.empty();
  const facts::Effects& effects = context.effects();
  if (effects.builds.empty() && (effects.scans.empty() || !from_index)) return;
  // Another action of the statement rewrites the table, and with it builds every index anew.
  if (context.statement_effects().rewrite_of(context.catalog().resolve(add.table.value)) != nullptr) return;

  const std::string table = ir::to_sql(add.table.value);
  const std::string name = !key.name.value.empty() ? key.name.value
                           : from_index            ? key.using_index.value
                                                   : rule::object_name(add.table, {}, "pkey");
  std::vector<ir::Name> columns = key.columns;
  const catalog::Index* index =
      from_index ? context.catalog().find_index({add.table.value.schema, key.using_index.value}) : nullptr;
  if (index != nullptr) {
    for (const catalog::IndexColumn& column : index->columns) columns.push_back({.value = column.column, .span = {}});
  }
  const std::string why =
      from_index ? "reads all its rows, because a column of the index may be NULL," : "builds its index";
  Finding& finding =
      context.report(key.span, fmt::format("Adding the primary key of {} {} and {} {}", context.name_of(add.table), why,
                                           rule::blocks(context, add.table), rule::until(context, "it is done")));
  rule::Steps steps(context);
  for (const ir::Name& column : nullable(context.table(add.table), columns))
    steps.prove_not_null(context, add.table, column.value);
  // The index takes the constraint's name when it becomes one; until then an older key may have it.
  const catalog::Relation* known = context.table(add.table);
  const bool taken = replaces_a_key(context) || (known != nullptr && context.catalog().find_index({known->name.schema, name}) != nullptr);
  const std::string fresh = taken ? rule::object_name(add.table, columns, "idx") : name;
  if (!from_index) steps.build_unique_index(add.table, columns, fresh);
  const std::string used = ir::quote_identifier(from_index ? key.using_index.value : fresh);
  finding.help = steps.say("then, without reading the table:")
                     .run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY USING INDEX {}", table,
                                      ir::quote_identifier(name), used))
                     .text();
}

/// A serial, identity or volatile default rewrites the table: that finding is the graver one.
void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  const ir::Constraint* key = rule::inline_constraint(add.column, ir::ConstraintKind::primary_key);
  if (key == nullptr || context.is_harmless(add.table) || !context.effects().rewrites.empty()) return;
  if (context.effects().builds.empty()) return;
  const bool empty = !add.column.default_value || add.column.default_value->kind == ir::ExprKind::null;
  Finding& finding = context.report(
      key->span,
      fmt::format("Adding {} as primary key builds its index and {} meanwhile, and fails if {} has {}",
                  rule::column_of(context, add.table, add.column.name.value), rule::blocks(context, add.table),
                  context.name_of(add.table), empty ? "any row" : "two rows"));
  const std::string table = ir::to_sql(add.table.value);
  const std::string name = rule::object_name(add.table, {}, "pkey");
  const std::string column = ir::quote_identifier(add.column.name.value);
  finding.help =
      rule::Steps(context)
          .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table, column, ir::to_sql(add.column.type.value)))
          .say("fill it in batches with different values, then:")
          .prove_not_null(context, add.table, add.column.name.value)
          .build_unique_index(add.table, {add.column.name}, name)
          .run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY USING INDEX {}", table,
                           ir::quote_identifier(name), ir::quote_identifier(name)))
          .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_primary_key_without_index =
    rule::subscribe<on_add_constraint, on_add_column>();

}  // namespace whimbrel::rules
