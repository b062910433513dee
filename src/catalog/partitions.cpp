// ATTACH and DETACH PARTITION, INHERIT and NO INHERIT (manual, "Table Partitioning", "Inheritance").
#include <algorithm>
#include <utility>

#include "apply_operation.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// Whether a parent that is left still hands the column or constraint down.
template <class Has>
bool still_inherited(const Change& change, const Relation& relation, const Has& has) {
  return std::ranges::any_of(relation.parents, [&](const QualifiedName& name) {
    const Relation* parent = change.find(name);
    return parent != nullptr && has(*parent);
  });
}

/// What came only from the lost parent becomes the child's own.
void make_independent(Change& change, const QualifiedName& child, const Relation& lost) {
  Relation& relation = change.edit(child);
  for (Column& column : relation.columns.edit_each()) {
    const auto has = [&](const Relation& parent) { return parent.find_column(column.name) != nullptr; };
    if (!has(lost) || still_inherited(change, relation, has)) continue;
    column.inherited = false;
    column.local = true;
  }
  for (Constraint& constraint : relation.constraints.edit_each()) {
    const auto has = [&](const Relation& parent) { return parent.find_constraint(constraint.name) != nullptr; };
    if (!constraint.inherited || still_inherited(change, relation, has)) continue;
    constraint.inherited = false;
    constraint.local = true;
  }
  for (const QualifiedName& name : relation.indexes) {
    const auto found = change.catalog.indexes().find(name);
    if (found == change.catalog.indexes().end() || found->second->parent.empty()) continue;
    change.catalog.edit_index(name).parent = {};
  }
}

void unlink_child(Change& change, const QualifiedName& parent, const QualifiedName& child) {
  change.edit(parent).children.erase(child);
  Relation& relation = change.edit(child);
  std::erase(relation.parents, parent);
  relation.is_partition = false;
  relation.bound = {};
}

void attach_index(Change& change, const op::AttachPartition& written) {
  const Index* parent = change.catalog.find_index(written.table.value);
  const Index* part = change.catalog.find_index(written.partition.value);
  if (parent == nullptr)
    change.missing(describe("index", change.catalog.resolve(written.table.value)), "42P01", written.table.span);
  if (part == nullptr)
    change.missing(describe("index", change.catalog.resolve(written.partition.value)), "42P01", written.partition.span);
  if (parent == nullptr || part == nullptr || change.maybe()) return;
  const QualifiedName above = parent->name;
  const QualifiedName below = part->name;
  const QualifiedName table = part->table;
  const std::string key = part->constraint;
  const bool of_constraint = !parent->constraint.empty();
  change.catalog.edit_index(below).parent = above;
  if (of_constraint && !key.empty() && change.find(table) != nullptr) {
    if (Constraint* constraint = change.catalog.edit_relation(table).edit_constraint(key)) {
      constraint->inherited = true;
      constraint->local = false;
    }
  }
  validate_partitioned_index(change, above);
}

}  // namespace

void link_child(Change& change, const QualifiedName& parent, const QualifiedName& child) {
  Relation& above = change.catalog.edit_relation(parent);
  Relation& below = change.catalog.edit_relation(child);
  if (std::ranges::find(below.parents, parent) == below.parents.end()) {
    below.parents.push_back(parent);
    above.children.push_back(child);
  }
  for (const Constraint& constraint : List<Constraint>(above.constraints)) {
    const bool handed_down =
        constraint.kind == ir::ConstraintKind::check || constraint.kind == ir::ConstraintKind::not_null;
    if (handed_down && !constraint.no_inherit) inherit_check(change, constraint, child);
  }
}

void clone_to_partition(Change& change, const QualifiedName& parent, const QualifiedName& partition) {
  const Relation* found = change.find(parent);
  if (found == nullptr) return;
  const Relation above = *found;
  for (const QualifiedName& index : above.indexes) ensure_partition_index(change, index, partition);
  for (const Constraint& constraint : above.constraints) {
    if (constraint.kind == ir::ConstraintKind::foreign_key) ensure_partition_foreign_key(change, constraint, partition);
  }
  for (const Attached& trigger : above.attached) {
    if (trigger.kind != Attached::Kind::trigger || !trigger.for_each_row) continue;
    List<Attached>& own = change.catalog.edit_relation(partition).attached;
    const auto same = [&](const Attached& other) { return other.kind == trigger.kind && other.name == trigger.name; };
    if (std::ranges::none_of(own, same)) own.push_back(trigger);
  }
}

void apply_operation(Change& change, const op::AttachPartition& written) {
  if (written.of_index) {
    attach_index(change, written);
    return;
  }
  const std::optional<QualifiedName> parent = change.target(written.table);
  const std::optional<QualifiedName> child = change.target(written.partition);
  if (!parent || !child || *parent == *child) return;
  Relation& above = change.edit(*parent);
  if (above.presumed) above.kind = RelationKind::partitioned_table;
  Relation& below = change.edit(*child);
  if (change.maybe()) return;
  below.is_partition = true;
  below.bound = written.bound;
  for (Column& column : below.columns.edit_each()) {
    const Column* of_parent = above.find_column(column.name);
    if (of_parent == nullptr) continue;
    column.inherited = true;
    column.local = false;
    if (of_parent->identity != ir::Identity::none)
      column.identity = of_parent->identity;  // 17+; older servers refuse identity there
  }
  link_child(change, *parent, *child);
  for (Constraint& constraint : below.constraints.edit_each()) {  // a partition has one parent: what it gives is never the partition's own
    if (constraint.inherited) constraint.local = false;
  }
  clone_to_partition(change, *parent, *child);
}

void apply_operation(Change& change, const op::DetachPartition& written) {
  const std::optional<QualifiedName> parent = change.target(written.table);
  const std::optional<QualifiedName> child = change.target(written.partition);
  if (!parent || !child || *parent == *child) return;
  if (change.maybe()) {
    change.edit(*child);
    return;
  }
  const Relation above = *change.find(*parent);
  unlink_child(change, *parent, *child);
  make_independent(change, *child, above);
  for (const Attached& trigger : above.attached) {
    if (trigger.kind != Attached::Kind::trigger || !trigger.for_each_row) continue;
    change.edit(*child).attached.erase_if([&](const Attached& own) { return own.kind == trigger.kind && own.name == trigger.name; });
  }
  for (Column& column : change.edit(*child).columns.edit_each())
    column.identity = column.owned_sequence.empty() ? ir::Identity::none : column.identity;
}

void apply_operation(Change& change, const op::AlterInherit& written) {
  const std::optional<QualifiedName> child = change.target(written.table);
  const std::optional<QualifiedName> parent = change.target(written.parent);
  if (!parent || !child || *parent == *child) return;
  if (change.maybe()) {
    change.edit(*child);
    return;
  }
  if (!written.inherit) {
    const Relation above = *change.find(*parent);
    unlink_child(change, *parent, *child);
    make_independent(change, *child, above);
    return;
  }
  const Relation above = *change.find(*parent);
  for (Column& column : change.edit(*child).columns.edit_each()) {
    if (above.find_column(column.name) != nullptr) column.inherited = true;
  }
  link_child(change, *parent, *child);
}

}  // namespace whimbrel::catalog
