// CREATE TABLE: columns and constraints from the statement, LIKE, INHERITS, PARTITION OF and OF.
#include <algorithm>
#include <limits>
#include <utility>

#include "apply_operation.h"
#include "create_table_like.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// Columns of the parents first; what the statement adds to one of the same name wins, NOT NULL adds up
/// (MergeAttributes()).
void add_or_merge(Relation& relation, Column&& column, std::size_t room = 1) {
  Column* old = relation.edit_column(column.name);
  if (old == nullptr) {
    relation.columns.push_back(std::move(column), room);
    return;
  }
  if (column.type.known()) old->type = std::move(column.type);
  if (column.not_null == Tri::yes) old->not_null = Tri::yes;
  if (column.default_value) {
    old->default_value = std::move(column.default_value);
    old->owned_sequence = std::move(column.owned_sequence);
  }
  if (column.generated != ir::Generated::none) {
    old->generated = column.generated;
    old->generation = std::move(column.generation);
  }
  if (column.identity != ir::Identity::none) {
    old->identity = column.identity;
    old->owned_sequence = std::move(column.owned_sequence);
  }
  old->inherited = old->inherited || column.inherited;
  old->local = old->local || column.local;
}

void inherit_columns(Change& change, Relation& relation, const QualifiedName& parent) {
  const Relation* from = change.find(parent);
  if (from == nullptr) return;
  if (!from->exact) relation.exact = false;
  for (Column column : from->columns) {
    column.inherited = true;
    column.local = false;
    column.owned_sequence.clear();
    if (!relation.is_partition) column.identity = ir::Identity::none;
    add_or_merge(relation, std::move(column));
  }
}

/// Constraints as the server makes them: CHECKs with the table, then the primary key, other keys, and foreign keys
/// last.
std::vector<const ir::Constraint*> in_order_of_making(const op::CreateTable& written) {
  std::vector<const ir::Constraint*> all;
  for (const ir::ColumnDef& column : written.columns) {
    for (const ir::Constraint& constraint : column.constraints) all.push_back(&constraint);
  }
  for (const ir::Constraint& constraint : written.constraints) all.push_back(&constraint);
  std::ranges::stable_sort(all, {}, [](const ir::Constraint* constraint) { return constraint->span.begin; });
  std::ranges::stable_sort(all, {}, [](const ir::Constraint* constraint) {
    switch (constraint->kind) {
      case ir::ConstraintKind::not_null:
        return 0;
      case ir::ConstraintKind::check:
        return 1;
      case ir::ConstraintKind::primary_key:
        return 2;
      case ir::ConstraintKind::unique:
      case ir::ConstraintKind::exclusion:
        return 3;
      case ir::ConstraintKind::foreign_key:
        return 4;
    }
    return 5;
  });
  return all;
}

/// A key that only repeats another one gets no index of its own, at most its name (transformIndexConstraints()):
/// `id int PRIMARY KEY, CONSTRAINT name UNIQUE (id)` is one primary key called "name".
bool merge_into_earlier(const ir::Constraint& constraint, std::vector<ir::Constraint>& earlier) {
  using enum ir::ConstraintKind;
  if (constraint.kind != unique) return false;
  const auto same_name = [](const ir::Name& left, const ir::Name& right) { return left.value == right.value; };
  const auto same = std::ranges::find_if(earlier, [&](const ir::Constraint& other) {
    return (other.kind == unique || other.kind == primary_key) &&
           std::ranges::equal(other.columns, constraint.columns, same_name) &&
           std::ranges::equal(other.including, constraint.including, same_name) &&
           other.nulls_not_distinct == constraint.nulls_not_distinct &&
           other.without_overlaps == constraint.without_overlaps && other.deferrable == constraint.deferrable &&
           other.initially_deferred == constraint.initially_deferred;
  });
  if (same == earlier.end()) return false;
  if (same->name.value.empty()) same->name = constraint.name;
  return true;
}

void add_constraints(Change& change, const QualifiedName& table, const op::CreateTable& written, bool checks) {
  std::vector<ir::Constraint> made;
  for (const ir::Constraint* constraint : in_order_of_making(written)) {
    const bool early =
        constraint->kind == ir::ConstraintKind::check || constraint->kind == ir::ConstraintKind::not_null;
    if (early == checks && !merge_into_earlier(*constraint, made)) made.push_back(*constraint);
  }
  for (const ir::Constraint& constraint : made) add_constraint(change, table, constraint, Occasion::create_table);
}

/// False: the table is there already, and the server would do nothing or refuse.
bool make_room(Change& change, const op::CreateTable& written, const QualifiedName& name) {
  if (!change.catalog.name_is_taken(name)) return true;
  const Relation* old = change.find(name);
  if (written.if_not_exists && (old == nullptr || !old->presumed)) return false;
  if (old == nullptr || (old->exact && change.catalog.complete())) {
    change.existing(describe("relation", name), "42P07", written.table.span);
    return false;
  }
  if (change.maybe()) return false;
  // Only presumed, or dropped by something that could not be read: this is the true one. What pointed at it still does.
  Relation& relation = change.catalog.edit_relation(name);
  for (const QualifiedName& index : List<QualifiedName>(relation.indexes)) change.catalog.erase_index(index);
  for (const Sequence* sequence : change.catalog.owned_sequences(name)) change.catalog.erase_sequence(QualifiedName(sequence->name));
  for (const QualifiedName& parent : relation.parents) change.catalog.edit_relation(parent).children.erase(name);
  List<QualifiedName> children = std::move(relation.children);
  relation = Relation{};
  relation.name = name;
  relation.children = std::move(children);
  return true;
}

}  // namespace

void apply_operation(Change& change, const op::CreateTable& written) {
  QualifiedName name = change.catalog.resolve_new(written.table.value, written.persistence);
  name.name = clip_name(name.name);
  const Relation* old = change.find(name);
  const bool was_there = written.if_not_exists && old != nullptr && old->presumed;   // only its definition is news
  if (!make_room(change, written, name)) return;

  Relation& relation = change.edit(name);
  relation.kind = written.foreign                                                ? RelationKind::foreign_table
                  : written.partition_by.strategy != ir::PartitionStrategy::none ? RelationKind::partitioned_table
                                                                                 : RelationKind::table;
  relation.persistence = written.persistence;
  relation.partition_by = written.partition_by;
  relation.options = written.options;
  relation.tablespace = written.tablespace;
  relation.access_method = written.access_method;
  relation.on_commit_drop = written.on_commit_drop;
  relation.origin = was_there ? Origin{} : change.origin;
  relation.is_partition = !written.partition_of.value.empty();
  relation.bound = written.bound;

  std::vector<QualifiedName> parents;
  if (relation.is_partition) {
    if (const std::optional<QualifiedName> parent = change.target(written.partition_of)) {
      if (change.find(*parent)->presumed) change.catalog.edit_relation(*parent).kind = RelationKind::partitioned_table;
      parents.push_back(*parent);
    }
  }
  for (const ir::RelationName& inherited : written.inherits) {
    if (const std::optional<QualifiedName> parent = change.target(inherited)) parents.push_back(*parent);
  }
  for (const QualifiedName& parent : parents) inherit_columns(change, relation, parent);
  if (!written.of_type.empty()) {
    const Type* type = change.catalog.find_type(written.of_type);
    if (type != nullptr) relation.columns = type->attributes;
    if (type == nullptr) relation.exact = false;
    relation.of_type = type != nullptr ? type->name : change.catalog.resolve_new(written.of_type);
  }
  // LIKE stands among the columns: its own come where it is written.
  auto like = written.likes.begin();
  const auto copy_likes_before = [&](std::size_t place) {
    for (; like != written.likes.end() && like->source.span.begin < place; ++like) copy_like_columns(change, name, *like);
  };
  for (const ir::ColumnDef& column : written.columns) {
    copy_likes_before(column.span.begin);
    Column made = make_column(change, name, column);
    const auto room = static_cast<std::size_t>(std::to_address(written.columns.end()) - &column);
    add_or_merge(like == written.likes.begin() ? relation : change.catalog.edit_relation(name), std::move(made), room);
  }
  copy_likes_before(std::numeric_limits<std::size_t>::max());

  for (const QualifiedName& parent : parents) link_child(change, parent, name);
  add_constraints(change, name, written, true);
  for (const QualifiedName& parent : parents) {
    if (change.find(name)->is_partition) clone_to_partition(change, parent, name);
  }
  for (const op::LikeClause& source : written.likes) copy_like_constraints(change, name, source);
  add_constraints(change, name, written, false);
}

}  // namespace whimbrel::catalog
