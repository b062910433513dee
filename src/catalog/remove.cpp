// Taking objects out together with what cannot be without them, as DROP … CASCADE does.
#include <algorithm>
#include <set>
#include <utility>

#include "expressions.h"
#include "parts.h"
#include "whimbrel/catalog/print.h"

namespace whimbrel::catalog {

namespace {

/// Foreign keys of other tables that point at `table` go (CASCADE).
void remove_foreign_keys_to(Change& change, const QualifiedName& table) {
  for (const QualifiedName& other : change.catalog.referencing(table)) {
    if (change.find(other) == nullptr) continue;
    change.catalog.edit_relation(other).constraints.erase_if(
        [&](const Constraint& key) { return key.kind == ir::ConstraintKind::foreign_key && key.references == table; });
  }
}

bool uses_column(const Index& index, std::string_view column) {
  const auto in = [&](const IndexColumn& part) { return part.column == column || names_column(part.expr, column); };
  return std::ranges::any_of(index.columns, in) ||
         std::ranges::find(index.including, column) != index.including.end() || names_column(index.predicate, column);
}

/// Whether the expression calls nextval on this sequence.
bool draws_from(const Catalog& catalog, const ExprPtr& expr, const QualifiedName& sequence) {
  if (!expr) return false;
  bool found = false;
  ir::for_each_node(*expr, [&](const ir::Expr& node) {
    if (found || node.kind != ir::ExprKind::call || node.name.name != "nextval" || node.args.empty() || !node.args.front()) return;
    const ir::Expr& argument = *node.args.front();
    const ir::Expr& name = argument.kind == ir::ExprKind::cast && !argument.args.empty() && argument.args.front() ? *argument.args.front() : argument;
    if (name.kind != ir::ExprKind::string || !name.text.ends_with(sequence.name)) return;
    found = name.text == sequence.schema + "." + sequence.name || name.text == to_text(sequence) ||
            ((name.text == sequence.name || name.text == ir::quote_identifier(sequence.name)) &&
             catalog.find_sequence({"", sequence.name}) == catalog.find_sequence(sequence));
  });
  return found;
}

}  // namespace

void remove_relation(Change& change, const QualifiedName& relation) {
  std::vector<QualifiedName> work{relation};
  while (!work.empty()) {
    const QualifiedName name = std::move(work.back());
    work.pop_back();
    const Relation* found = change.find(name);
    if (found == nullptr) continue;
    const Relation dropped = *found;
    for (const QualifiedName& view : change.catalog.dependent_views(name)) {
      if (view != name) work.push_back(view);
    }
    work.insert(work.end(), dropped.children.begin(), dropped.children.end());
    remove_foreign_keys_to(change, name);
    for (const QualifiedName& index : dropped.indexes) change.catalog.erase_index(index);
    for (const Column& column : dropped.columns) {
      if (!column.owned_sequence.empty()) change.catalog.erase_sequence(owned_sequence_name(column));
    }
    for (const QualifiedName& parent : dropped.parents) {
      if (change.find(parent) != nullptr) change.catalog.edit_relation(parent).children.erase(name);
    }
    change.catalog.erase_relation(name);
  }
}

void remove_constraint(Change& change, const QualifiedName& table, std::string_view constraint) {
  Relation& relation = change.catalog.edit_relation(table);
  const Constraint* found = relation.find_constraint(constraint);
  if (found == nullptr) return;
  const Constraint dropped = *found;
  relation.constraints.erase_if([&](const Constraint& c) { return c.name == dropped.name; });
  if (!dropped.index.empty()) drop_index(change, {table.schema, dropped.index});
}

void drop_index(Change& change, const QualifiedName& index) {
  const auto found = change.catalog.indexes().find(index);
  if (found == change.catalog.indexes().end()) return;
  for (const Referrer& referrer : keys_resting_on(change.catalog, Index(*found->second))) {
    const std::string key = referrer.key->name;
    change.catalog.edit_relation(QualifiedName(referrer.table->name)).constraints.erase_if([&](const Constraint& one) { return one.name == key; });
  }
  remove_index(change, index);
}

void remove_column(Change& change, const QualifiedName& table, std::string_view column) {
  const std::string name(column);
  Relation& relation = change.catalog.edit_relation(table);
  const Column* found = relation.find_column(name);
  if (found == nullptr) return;
  const QualifiedName sequence = found->owned_sequence.empty() ? QualifiedName{} : owned_sequence_name(*found);

  std::vector<std::string> keys;
  for (const Constraint& constraint : relation.constraints) {
    if (std::ranges::find(constraint.columns, name) != constraint.columns.end()) keys.push_back(constraint.name);
  }
  for (const std::string& key : keys) remove_constraint(change, table, key);
  for (const QualifiedName& index : List<QualifiedName>(relation.indexes)) {
    const auto entry = change.catalog.indexes().find(index);
    if (entry != change.catalog.indexes().end() && uses_column(*entry->second, name)) remove_index(change, index);
  }
  // A foreign key that names the column rests on a key that is gone now, or on one that the catalog did not know.
  for (const QualifiedName& other : change.catalog.referencing(table)) {
    change.catalog.edit_relation(other).constraints.erase_if([&](const Constraint& key) {
      return key.kind == ir::ConstraintKind::foreign_key && key.references == table &&
             std::ranges::find(key.referenced_columns, name) != key.referenced_columns.end();
    });
  }
  if (!sequence.empty()) change.catalog.erase_sequence(sequence);

  // Generated columns that are computed from it go with it.
  std::vector<std::string> generated;
  for (const Column& other : relation.columns) {
    if (other.name != name && names_column(other.generation, name)) generated.push_back(other.name);
  }
  relation.columns.erase_if([&](const Column& c) { return c.name == name; });
  for (const std::string& other : generated) remove_column(change, table, other);
  for (const QualifiedName& view : change.catalog.dependent_views(table))
    change.catalog.edit_relation(view).exact = false;
}

void remove_sequence(Change& change, const QualifiedName& sequence) {
  const auto found = change.catalog.sequences().find(sequence);
  if (found == change.catalog.sequences().end()) return;
  const QualifiedName table = found->second->owner_table;
  const std::string column = found->second->owner_column;
  // CASCADE takes the defaults that draw from it.
  std::vector<std::pair<QualifiedName, std::string>> drawing;
  for (const auto& [name, relation] : change.catalog.relations()) {
    for (const Column& other : relation->columns) {
      if (draws_from(change.catalog, other.default_value, sequence)) drawing.emplace_back(name, other.name);
    }
  }
  for (const auto& [name, other] : drawing) change.catalog.edit_relation(name).edit_column(other)->default_value = nullptr;
  change.catalog.erase_sequence(sequence);
  if (table.empty() || change.find(table) == nullptr) return;
  if (Column* owner = change.catalog.edit_relation(table).edit_column(column)) {
    owner->owned_sequence.clear();
    if (owner->default_value && owner->default_value->kind == ir::ExprKind::call &&
        owner->default_value->name.name == "nextval") {
      owner->default_value = nullptr;  // CASCADE takes the default
    }
  }
}

void remove_columns_of_type(Change& change, const QualifiedName& type) {
  std::vector<std::pair<QualifiedName, std::string>> columns;
  for (const auto& [name, relation] : change.catalog.relations()) {
    for (const Column& column : relation->columns) {
      if (column.type.name != type.name) continue;
      const Type* found = change.catalog.find_type({column.type.schema, column.type.name});
      if (found != nullptr && found->name == type) columns.emplace_back(name, column.name);
    }
  }
  for (const auto& [table, column] : columns) {
    if (change.find(table) != nullptr) remove_column(change, table, column);
  }
}

}  // namespace whimbrel::catalog
