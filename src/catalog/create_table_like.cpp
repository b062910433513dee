// LIKE, as the server's transformTableLikeClause() and expandTableLikeClause() do it (manual, "CREATE TABLE").
#include "create_table_like.h"

#include <utility>

#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// The options of the source's indexes are the new ones', the names are chosen anew.
void copy_index(Change& change, const QualifiedName& table, const Relation& source, Index index) {
  const Constraint* key = index.constraint.empty() ? nullptr : source.find_constraint(index.constraint);
  index.name = {table.schema, choose_index_name(change.catalog, table, index,
                                                key != nullptr ? naming_of(key->kind) : IndexNaming::plain)};
  index.table = table;
  index.parent = {};
  index.valid = Tri::yes;
  index.origin = change.origin;
  index.constraint.clear();
  if (key != nullptr) {
    Constraint copy = *key;
    copy.name = index.name.name;
    copy.index = index.name.name;
    copy.inherited = false;
    copy.local = true;
    copy.origin = change.origin;
    index.constraint = copy.name;
    change.catalog.edit_relation(table).constraints.push_back(std::move(copy));
  }
  add_index(change, std::move(index));
}

}  // namespace

void copy_like_columns(Change& change, const QualifiedName& table, const op::LikeClause& like) {
  const std::optional<QualifiedName> name = change.target(like.source);
  const Relation* found = name ? change.find(*name) : nullptr;
  if (found == nullptr) {
    change.edit(table).exact = false;
    return;
  }
  const Relation source = *found;
  if (!source.exact) change.edit(table).exact = false;
  for (Column column : source.columns) {
    column.inherited = false;
    column.local = true;
    column.origin = change.origin;
    column.owned_sequence.clear();
    if (!like.generated) {
      column.generated = ir::Generated::none;
      column.generation = nullptr;
    }
    if (!like.defaults) column.default_value = nullptr;
    if (!like.identity) column.identity = ir::Identity::none;
    if (column.identity != ir::Identity::none) {
      make_owned_sequence(change, table, column, change.find(table)->persistence);
      change.catalog.edit_sequence(owned_sequence_name(column)).type.name =
          "bigint";  // whatever the column's type: measured on 15
    }
    Relation& relation = change.catalog.edit_relation(table);
    if (relation.find_column(column.name) == nullptr) relation.columns.push_back(std::move(column));
  }
}

void copy_like_constraints(Change& change, const QualifiedName& table, const op::LikeClause& like) {
  const Relation* found = change.find(change.catalog.resolve(like.source.value));
  if (found == nullptr) return;
  const Relation source = *found;
  for (Constraint constraint : source.constraints) {
    if (constraint.kind != ir::ConstraintKind::check || !like.constraints) continue;
    constraint.inherited = false;
    constraint.local = true;
    constraint.validated = constraint.enforced;
    constraint.origin = change.origin;
    change.catalog.edit_relation(table).constraints.push_back(std::move(constraint));
  }
  if (!like.indexes) return;
  for (const QualifiedName& name : source.indexes) {
    const auto index = change.catalog.indexes().find(name);
    if (index != change.catalog.indexes().end()) copy_index(change, table, source, *index->second);
  }
}

}  // namespace whimbrel::catalog
