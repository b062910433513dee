// RENAME COLUMN and RENAME CONSTRAINT, carried to all that names them.
#include <algorithm>
#include <string>

#include "apply_operation.h"
#include "expressions.h"
#include "names.h"
#include "parts.h"
#include "whimbrel/catalog/print.h"

namespace whimbrel::catalog {

namespace {

void rename_in_indexes(Change& change, const Relation& relation, const std::string& from, const std::string& to) {
  for (const QualifiedName& name : relation.indexes) {
    const auto found = change.catalog.indexes().find(name);
    if (found == change.catalog.indexes().end()) continue;
    Index& index = change.catalog.edit_index(name);
    for (IndexColumn& column : index.columns) {
      if (column.column == from) column.column = to;
      column.expr = with_column_renamed(column.expr, from, to);
    }
    std::ranges::replace(index.including, from, to);
    index.predicate = with_column_renamed(index.predicate, from, to);
  }
}

void rename_column(Change& change, const QualifiedName& table, const std::string& from, const std::string& to) {
  Relation& relation = change.catalog.edit_relation(table);
  for (Column& column : relation.columns.edit_each()) {
    if (column.name == from) {
      column.name = to;
      if (!column.owned_sequence.empty()) {
        const QualifiedName sequence = owned_sequence_name(column);
        if (change.catalog.sequences().contains(sequence)) change.catalog.edit_sequence(sequence).owner_column = to;
      }
    }
    column.generation = with_column_renamed(column.generation, from, to);
  }
  for (Constraint& constraint : relation.constraints.edit_each()) {
    std::ranges::replace(constraint.columns, from, to);
    constraint.expr = with_column_renamed(constraint.expr, from, to);
  }
  for (ir::IndexElement& key : relation.partition_by.keys) {
    if (key.column == from) key.column = to;
    key.expr = with_column_renamed(key.expr, from, to);
  }
  rename_in_indexes(change, relation, from, to);
  for (const QualifiedName& other : change.catalog.referencing(table)) {
    for (Constraint& constraint : change.catalog.edit_relation(other).constraints.edit_each()) {
      if (constraint.kind == ir::ConstraintKind::foreign_key && constraint.references == table) {
        std::ranges::replace(constraint.referenced_columns, from, to);
      }
    }
  }
}

}  // namespace

void apply_operation(Change& change, const op::RenameColumn& written) {
  const std::optional<QualifiedName> table = change.target(written.table, written.if_exists);
  if (!table) return;
  Relation& relation = change.edit(*table);
  if (change.column(relation, written.column) == nullptr || change.maybe()) return;
  const std::string to = clip_name(written.new_name.value);
  if (relation.find_column(to) != nullptr) {
    if (relation.exact) {
      change.existing("column " + to_text(*table) + "." + ir::quote_identifier(to), "42701", written.new_name.span);
      return;
    }
    relation.columns.erase_if([&](const Column& column) { return column.name == to; });
  }
  for (const QualifiedName& name : change.tree(*table)) {
    rename_column(change, name, written.column.value, to);
    for (const QualifiedName& reader : change.catalog.dependent_views(name)) {
      for (ir::ColumnUse& use : change.catalog.edit_relation(reader).read_columns) {
        if (use.relation == name && use.column == written.column.value) use.column = to;
      }
    }
  }
}

void apply_operation(Change& change, const op::RenameConstraint& written) {
  const std::optional<QualifiedName> table = change.target(written.table);
  if (!table) return;
  Relation& relation = change.edit(*table);
  const std::string to = clip_name(written.new_name.value);
  const Constraint* found = relation.find_constraint(written.constraint.value);
  if (found == nullptr) {
    const auto not_null = std::ranges::find(relation.columns, written.constraint.value, [&](const Column& column) {
      return not_null_name_of(change.catalog, *table, column);
    });
    if (not_null != relation.columns.end() && !written.constraint.value.empty()) {
      if (change.catalog.names_not_nulls()) relation.columns.edit(not_null).not_null_name = to;
      return;
    }
    if (relation.exact && !is_perhaps_not_null(written.constraint.value)) {
      change.missing(
          "constraint " + ir::quote_identifier(written.constraint.value) + " of " + describe("table", *table), "42704",
          written.constraint.span);
    }
    return;
  }
  if (change.maybe() || to == found->name) return;
  if (relation.exact && relation.find_constraint(to) != nullptr) {
    change.existing("constraint " + ir::quote_identifier(to) + " of " + describe("table", *table), "42710",
                    written.new_name.span);
    return;
  }
  const Constraint before = *found;
  if (!before.index.empty()) {  // the index has the constraint's name: renaming one renames the other
    const QualifiedName index{table->schema, before.index};
    if (change.catalog.indexes().contains(index)) {
      move_index(change, index, {table->schema, to});
      return;
    }
  }
  const bool recurses =
      (before.kind == ir::ConstraintKind::check || before.kind == ir::ConstraintKind::not_null) && !before.no_inherit;
  for (const QualifiedName& name : recurses ? change.tree(*table) : std::vector{*table}) {
    Constraint* constraint = change.catalog.edit_relation(name).edit_constraint(before.name);
    if (constraint != nullptr) constraint->name = to;
  }
}

}  // namespace whimbrel::catalog
