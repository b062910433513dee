// Adding constraints, with the indexes and NOT NULLs that they bring, and their way down to partitions and children.
#include <algorithm>
#include <utility>

#include "expressions.h"
#include "index_parts.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

using ir::ConstraintKind;

std::vector<std::string> values_of(const std::vector<ir::Name>& names) {
  std::vector<std::string> result;
  for (const ir::Name& name : names) result.push_back(name.value);
  return result;
}

/// What the clause says, without what the catalog adds.
Constraint read(const ir::Constraint& written, Occasion occasion) {
  Constraint result;
  result.name = clip_name(written.name.value);
  result.kind = written.kind;
  result.columns = values_of(written.columns);
  if (written.kind == ConstraintKind::check) result.expr = written.expr;  // an exclusion constraint's is its index's predicate
  if (written.kind == ConstraintKind::check && written.expr) result.columns = columns_of(*written.expr);
  result.on_delete = written.on_delete;
  result.on_update = written.on_update;
  result.operators = written.operators;
  result.match_full = written.match_full;
  // CREATE TABLE: "we can safely skip validation, and nonetheless mark them valid" (transformCheckConstraints()).
  result.validated = (!written.not_valid || occasion == Occasion::create_table) && !written.not_enforced;
  result.enforced = !written.not_enforced;
  result.no_inherit = written.no_inherit;
  result.deferrable = written.deferrable;
  result.initially_deferred = written.initially_deferred;
  return result;
}

void check_columns(Change& change, const QualifiedName& table, const ir::Constraint& written) {
  Relation& relation = change.catalog.edit_relation(table);
  for (const ir::Name& column : written.columns) {
    if (!column.value.empty()) change.column(relation, column);
  }
}

/// UNIQUE | PRIMARY KEY USING INDEX: the index takes the constraint's name, its columns become the constraint's.
bool take_index(Change& change, const QualifiedName& table, const ir::Constraint& written, Constraint& key) {
  const QualifiedName wanted{table.schema, written.using_index.value};
  const auto found = change.catalog.indexes().find(wanted);
  if (key.name.empty()) key.name = wanted.name;
  key.index = key.name;
  if (found == change.catalog.indexes().end()) {
    change.missing(describe("index", wanted), "42704", written.using_index.span);
    Index index;  // a history that does not begin at the beginning: it is there
    index.name = {table.schema, key.name};
    index.table = table;
    index.unique = true;
    index.constraint = key.name;
    index.origin = change.origin;
    const QualifiedName name = index.name;
    add_index(change, std::move(index));
    change.catalog.edit_index(name).exact = false;
    return true;
  }
  key.columns.clear();
  for (const IndexColumn& column : found->second->columns) key.columns.push_back(column.column);
  const QualifiedName renamed{table.schema, key.name};
  if (renamed != wanted && change.catalog.name_is_taken(renamed)) {
    change.existing(describe("relation", renamed), "42P07", written.name.span);
    return false;
  }
  move_index(change, wanted, renamed);
  change.catalog.edit_index(renamed).constraint = key.name;
  return true;
}

bool make_index(Change& change, const QualifiedName& table, const ir::Constraint& written, Constraint& key) {
  Index index = index_from(written);
  const QualifiedName name{table.schema, key.name};
  if (change.catalog.name_is_taken(name)) {
    const Index* old = change.catalog.find_index(name);
    if (old == nullptr || old->exact) {
      change.existing(describe("relation", name), "42P07",
                      written.name.value.empty() ? written.span : written.name.span);
      return false;
    }
    remove_index(change, name);
  }
  index.name = name;
  index.table = table;
  index.constraint = key.name;
  index.origin = change.origin;
  key.index = key.name;
  add_index(change, std::move(index));
  return true;
}

/// What the foreign key points at: the written columns, or the primary key.
void resolve_reference(Change& change, const QualifiedName& table, const ir::Constraint& written, Constraint& key) {
  const bool itself = change.catalog.resolve(written.references.value) == table;
  key.references =
      itself ? table : change.target(written.references).value_or(change.catalog.resolve(written.references.value));
  key.referenced_columns = values_of(written.referenced_columns);
  if (!key.referenced_columns.empty()) return;
  const Relation* referenced = change.find(key.references);
  const Constraint* primary = referenced != nullptr ? referenced->primary_key() : nullptr;
  if (primary != nullptr) key.referenced_columns = primary->columns;
}

bool same_foreign_key(const Constraint& left, const Constraint& right) {
  return left.kind == right.kind && left.columns == right.columns && left.references == right.references &&
         left.referenced_columns == right.referenced_columns && left.on_delete == right.on_delete &&
         left.on_update == right.on_update && left.deferrable == right.deferrable;
}

}  // namespace

void name_not_null(const Catalog& catalog, const QualifiedName& table, Column& column) {
  if (column.not_null != Tri::yes || !catalog.names_not_nulls()) {
    column.not_null_name.clear();
  } else if (column.not_null_name.empty()) {
    column.not_null_name = choose_plain_constraint_name(catalog, table.schema, table.name, column.name, "not_null");
  }
}

std::string not_null_name_of(const Catalog& catalog, const QualifiedName& table, const Column& column) {
  if (catalog.names_not_nulls() || column.not_null != Tri::yes) return column.not_null_name;
  return make_object_name(table.name, column.name, "not_null");
}

void set_not_null(Change& change, const QualifiedName& table, std::string_view column, Tri not_null, bool recurse) {
  for (const QualifiedName& name : recurse ? change.tree(table) : std::vector{table}) {
    const Relation* relation = change.find(name);
    const Column* before = relation != nullptr ? relation->find_column(column) : nullptr;
    if (before == nullptr || before->not_null == not_null) continue;
    Column* after = change.edit(name).edit_column(column);
    after->not_null = change.maybe() ? Tri::unknown : not_null;
    after->not_null_validated = Tri::yes;
    const Relation* top = name == table ? nullptr : change.find(table);  // below, it has the name of the one above
    const Column* above = top != nullptr ? top->find_column(column) : nullptr;
    if (above != nullptr && not_null == Tri::yes && after->not_null_name.empty()) after->not_null_name = above->not_null_name;
    name_not_null(change.catalog, name, *after);
  }
}

void inherit_check(Change& change, const Constraint& parent, const QualifiedName& child) {
  Relation& relation = change.catalog.edit_relation(child);
  if (Constraint* own = relation.edit_constraint(parent.name)) {
    own->inherited = true;
    return;
  }
  Constraint copy = parent;
  copy.inherited = true;
  copy.local = false;
  copy.origin = change.origin;
  relation.constraints.push_back(std::move(copy));
}

void ensure_partition_foreign_key(Change& change, const Constraint& parent, const QualifiedName& partition) {
  Relation& relation = change.catalog.edit_relation(partition);
  const auto same = std::ranges::find_if(
      relation.constraints, [&](const Constraint& own) { return !own.inherited && same_foreign_key(parent, own); });
  if (same != relation.constraints.end()) {
    Constraint& own = relation.constraints.edit(same);
    own.inherited = true;
    own.local = false;
    return;
  }
  Constraint copy = parent;
  if (relation.find_constraint(copy.name) != nullptr) {
    copy.name = choose_plain_constraint_name(change.catalog, partition.schema, partition.name,
                                             name_addition(copy.columns), "fkey");
  }
  copy.inherited = true;
  copy.local = false;
  copy.origin = change.origin;
  relation.constraints.push_back(std::move(copy));
  const Constraint added = relation.constraints.back();
  for (const QualifiedName& child : List<QualifiedName>(relation.children)) ensure_partition_foreign_key(change, added, child);
}

void add_constraint(Change& change, const QualifiedName& table, const ir::Constraint& written, Occasion occasion,
                    bool only) {
  check_columns(change, table, written);
  Constraint key = read(written, occasion);
  key.origin = change.origin_at(written.span);
  const bool takes_index = !written.using_index.value.empty();
  if (key.kind == ConstraintKind::not_null && key.name.empty()) {  // 18 names it, older servers keep no such constraint
    for (const std::string& column : key.columns)
      set_not_null(change, table, column, Tri::yes, !only && !key.no_inherit);
    return;
  }
  const Relation* relation = change.find(table);
  if (key.name.empty() && !takes_index) key.name = choose_constraint_name(change.catalog, *relation, written);
  if (const Constraint* old = relation->find_constraint(key.name)) {
    if (relation->exact) {
      change.existing("constraint " + ir::quote_identifier(key.name) + " of " + describe("table", table), "42710",
                      written.name.span);
      return;
    }
    remove_constraint(change, table, std::string(old->name));
  }

  const bool recurses = occasion == Occasion::alter_table && !only && !key.no_inherit;
  switch (key.kind) {
    case ConstraintKind::primary_key:
    case ConstraintKind::unique:
    case ConstraintKind::exclusion:
      if (takes_index ? !take_index(change, table, written, key) : !make_index(change, table, written, key)) return;
      if (key.kind == ConstraintKind::primary_key) {
        for (const std::string& column : key.columns) set_not_null(change, table, column, Tri::yes, !only);
      }
      break;
    case ConstraintKind::foreign_key:
      resolve_reference(change, table, written, key);
      break;
    case ConstraintKind::check:
      break;
    case ConstraintKind::not_null:
      for (const std::string& column : key.columns) {
        set_not_null(change, table, column, Tri::yes, recurses);
        if (!key.validated) {
          if (Column* found = change.edit(table).edit_column(column)) found->not_null_validated = Tri::no;
        }
      }
      break;
  }
  change.edit(table).constraints.push_back(key);
  if (!key.index.empty() && !only) spread_index(change, {table.schema, key.index});

  const List<QualifiedName> children = change.find(table)->children;
  const bool partitioned = change.find(table)->kind == RelationKind::partitioned_table;
  for (const QualifiedName& child : children) {
    if (key.kind == ConstraintKind::foreign_key && partitioned) ensure_partition_foreign_key(change, key, child);
  }
  if ((key.kind == ConstraintKind::check || key.kind == ConstraintKind::not_null) && recurses) {
    for (const QualifiedName& descendant : change.tree(table)) {
      if (descendant != table) inherit_check(change, key, descendant);
    }
  }
}

}  // namespace whimbrel::catalog
