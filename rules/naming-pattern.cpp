// A name that does not match the pattern that the project has agreed on.
#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

#include "whimbrel/catalog/apply.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

using rule::Named;
using rule::NameParts;

/// `chosen`: nobody wrote the name.
void judge(Named what, const ir::Name& name, const NameParts& parts, rule::Context& context, bool chosen = false) {
  const std::optional<rule::NamePattern>& pattern = context.conventions().pattern(what);
  if (!pattern || name.value.empty() || pattern->matches(name.value, parts)) return;
  const std::string_view whose = chosen ? "name that PostgreSQL gives" : what == Named::revision ? "id of" : "name of";
  const std::string shown = what == Named::revision || what == Named::file ? name.value : ir::quote_identifier(name.value);
  Finding& finding = context.remark(name.span, fmt::format("The {} this {}, {}, does not match {}", whose, rule::named_word(what), shown, pattern->shown(parts)));
  finding.help = fmt::format("[rules.naming] of the configuration says: {} = '{}'", rule::kNamedKeys[static_cast<std::size_t>(what)], pattern->text());
}

std::vector<std::string> values(const std::vector<ir::Name>& names) {
  std::vector<std::string> result;
  for (const ir::Name& name : names) result.push_back(name.value);
  return result;
}

std::optional<Named> named(ir::ConstraintKind kind) {
  switch (kind) {
    case ir::ConstraintKind::primary_key: return Named::primary_key;
    case ir::ConstraintKind::unique: return Named::unique;
    case ir::ConstraintKind::foreign_key: return Named::foreign_key;
    case ir::ConstraintKind::check: return Named::check;
    case ir::ConstraintKind::exclusion: return Named::exclusion;
    case ir::ConstraintKind::not_null: return std::nullopt;
  }
  return std::nullopt;
}

void on_constraint_of(const ir::Constraint& constraint, const ir::RelationName& table, rule::Context& context) {
  const std::optional<Named> what = named(constraint.kind);
  if (!what || !context.conventions().pattern(*what)) return;
  const bool chosen = constraint.name.value.empty();
  if (chosen && !constraint.using_index.value.empty()) return;  // it takes the index's name, which was judged
  const ir::Name name{.value = rule::constraint_name(context, table, constraint), .span = chosen ? constraint.span : constraint.name.span};
  std::vector<std::string> columns = values(constraint.columns);
  if (columns.empty()) columns.emplace_back();  // of a table's CHECK: any word
  judge(*what, name, {.table = table.value.name, .columns = std::move(columns), .referenced_table = constraint.references.value.name, .revision = {}}, context, chosen);
}

void on_column_of(const ir::ColumnDef& column, const ir::RelationName& table, rule::Context& context) {
  judge(Named::column, column.name, {.table = table.value.name, .columns = {}, .referenced_table = {}, .revision = {}}, context);
  for (const ir::Constraint& constraint : column.constraints) on_constraint_of(constraint, table, context);
}

void on_table(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence == ir::Persistence::temporary || !create.partition_of.value.empty()) return;
  judge(Named::table, {.value = create.table.value.name, .span = create.table.span}, {}, context);
  for (const ir::ColumnDef& column : create.columns) on_column_of(column, create.table, context);
  for (const ir::Constraint& constraint : create.constraints) on_constraint_of(constraint, create.table, context);
}
void on_table_as(const ir::op::CreateTableAs& create, rule::Context& context) {
  if (create.persistence != ir::Persistence::temporary && !create.materialized_view) judge(Named::table, {.value = create.table.value.name, .span = create.table.span}, {}, context);
}
void on_rename_table(const ir::op::RenameTable& rename, rule::Context& context) { judge(Named::table, rename.new_name, {}, context); }
void on_column(const ir::op::AddColumn& add, rule::Context& context) { on_column_of(add.column, add.table, context); }
void on_rename_column(const ir::op::RenameColumn& rename, rule::Context& context) {
  if (!rename.of_view) judge(Named::column, rename.new_name, {.table = rename.table.value.name, .columns = {}, .referenced_table = {}, .revision = {}}, context);
}
void on_constraint(const ir::op::AddConstraint& add, rule::Context& context) { on_constraint_of(add.constraint, add.table, context); }

void on_rename_constraint(const ir::op::RenameConstraint& rename, rule::Context& context) {
  const catalog::Relation* table = context.table(rename.table);
  const catalog::Constraint* constraint = table == nullptr ? nullptr : table->find_constraint(rename.constraint.value);
  const std::optional<Named> what = constraint == nullptr ? std::nullopt : named(constraint->kind);
  if (what) judge(*what, rename.new_name, {.table = rename.table.value.name, .columns = constraint->columns, .referenced_table = constraint->references.name, .revision = {}}, context);
}

void on_index(const ir::op::CreateIndex& create, rule::Context& context) {
  if (!context.conventions().pattern(Named::index)) return;
  std::vector<std::string> columns;
  for (const ir::IndexElement& element : create.elements) columns.push_back(element.column);
  const bool chosen = create.name.value.empty();
  const ir::Name name = chosen ? ir::Name{.value = catalog::choose_index_name(context.catalog(), context.catalog().resolve(create.table.value), create), .span = create.index_keyword} : create.name;
  judge(Named::index, name, {.table = create.table.value.name, .columns = std::move(columns), .referenced_table = {}, .revision = {}}, context, chosen);
}

void on_sequence(const ir::op::CreateSequence& create, rule::Context& context) {
  if (create.persistence != ir::Persistence::temporary) judge(Named::sequence, {.value = create.sequence.value.name, .span = create.sequence.span}, {}, context);
}

void on_rename(const ir::op::RenameObject& rename, rule::Context& context) {
  if (rename.kind == ir::ObjectKind::sequence) judge(Named::sequence, rename.new_name, {}, context);
  const catalog::Index* index = rename.kind == ir::ObjectKind::index ? context.catalog().find_index(rename.object.value) : nullptr;
  if (index == nullptr || !index->constraint.empty()) return;
  std::vector<std::string> columns;
  for (const catalog::IndexColumn& column : index->columns) columns.push_back(column.column);
  judge(Named::index, rename.new_name, {.table = index->table.name, .columns = std::move(columns), .referenced_table = {}, .revision = {}}, context);
}

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const ir::Migration& migration = end.migration;
  const Span place = rule::head_of(migration);
  const std::string_view path = context.path(place);
  const std::string file(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
  const NameParts parts{.table = {}, .columns = {}, .referenced_table = {}, .revision = migration.id};
  if (migration.up.state == ir::PartState::missing || file.empty() || file.front() == '<') return;  // standard input has no name
  judge(Named::revision, {.value = migration.id, .span = place}, {}, context);
  judge(Named::file, {.value = file, .span = place}, parts, context);
}

}  // namespace

extern constinit const rule::RuleChecks naming_pattern = rule::subscribe<on_table, on_table_as, on_rename_table, on_column, on_rename_column, on_constraint, on_rename_constraint, on_index, on_sequence, on_rename,
                                                                     on_migration_end>();

}  // namespace whimbrel::rules
