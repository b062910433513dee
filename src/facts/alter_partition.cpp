// ATTACH, DETACH, INHERIT: two tables and what hangs on them.
//
// Facts: manual, "Table Partitioning" and ALTER TABLE; rows attach.*, detach.*, no_inherit; surprises.md 21-24.
#include <algorithm>

#include "alter_table.h"
#include "expressions.h"
#include "partition_indexes.h"
#include "proofs.h"
#include "types.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;

/// The table to be attached (with partitions of its own) is read where its CHECKs do not prove the bound.
void verify_bound(Alter& alter, Gather& gather, const Target& part, const ir::op::AttachPartition& action) {
  const ir::PartitionBound& bound = action.bound;
  if (part.object == nullptr || alter.target.object == nullptr) {
    gather.scan(part.name, Cause::partition_bound, Tri::unknown);
    gather.uncertain();
    return;
  }
  const catalog::Relation& parent = alter.draft;
  const bool others = std::ranges::any_of(parent.children, [](const QualifiedName&) { return true; });
  if (bound.is_default && !others) return;  // every row fits a default partition that stands alone
  const bool proven = implies_bound(*part.object, parent.partition_by, bound);
  if (!proven) {
    for (const QualifiedName& name : alter.world.with_children(part.name))
      scan_target(gather, alter.world.target(name), Cause::partition_bound);
    gather.may_fail("23514", "a row may not fit the partition's bound");
  }
}

/// MergeAttributesIntoExisting: the part has the parent's columns, of the same types, and its NOT NULLs; ATTACH: and no others.
/// Rows tree.attach_*, tree.inherit_missing_column.
void check_columns(const Alter& alter, Gather& gather, const catalog::Relation& parent, const Target& part, bool no_others) {
  if (!part.exact() || !parent.exact || parent.columns.empty() || part.object->columns.empty()) return;
  for (const catalog::Column& column : parent.columns) {
    const catalog::Column* own = part.object->find_column(column.name);
    if (own == nullptr) return gather.fail("42804", display_name(part.name) + " has no column " + column.name);
    if (own->type.known() && column.type.known() && !same_type(own->type, column.type, alter.world.catalog))
      return gather.fail("42804", "column " + column.name + " has another type in " + display_name(part.name));
    if (column.not_null == Tri::yes && own->not_null == Tri::no)
      return gather.fail("42804", "column " + column.name + " of " + display_name(part.name) + " must be NOT NULL");
  }
  for (const catalog::Column& own : part.object->columns) {
    if (no_others && parent.find_column(own.name) == nullptr)
      return gather.fail("42804", display_name(part.name) + " has a column " + own.name + " that the parent has not");
  }
}

/// The default partition may hold rows of the new one: locked, and read unless a CHECK excludes them.
void verify_default(Alter& alter, Gather& gather, const ir::PartitionBound& bound) {
  const catalog::Relation* partition = alter.world.default_partition(alter.draft);
  if (partition == nullptr) return;
  lock_and_check_default(gather, alter.world, alter.draft, *partition, bound);
}

/// 22: a key of the part that is the parent's own is taken over, and its triggers on the referenced table are dropped.
bool has_same_key(const catalog::Relation& part, const catalog::Constraint& key) {
  return std::ranges::any_of(part.constraints, [&key](const catalog::Constraint& own) {
    return own.kind == ConstraintKind::foreign_key && own.validated && own.references == key.references &&
           own.columns == key.columns;
  });
}

void adopt_foreign_keys(Alter& alter, Gather& gather, const Target& part) {
  if (part.object == nullptr) return;
  for (const catalog::Constraint& key : alter.draft.constraints) {
    if (key.kind != ConstraintKind::foreign_key) continue;
    if (has_same_key(*part.object, key)) {
      lock_referenced(gather, alter.world, key.references, LockMode::access_exclusive);
      continue;
    }
    lock_referenced(gather, alter.world, key.references,
                    lock_if(Fact::partition_adopts_keys_strongly, alter.version(), LockMode::share_row_exclusive,
                            LockMode::row_share));
    if (!key.validated || !key.enforced) continue;
    scan_target(gather, part, Cause::foreign_key);
    gather.may_fail("23503", "a row may have no partner");
    for (const QualifiedName& name : alter.world.with_children(key.references))
      scan_target(gather, alter.world.target(name), Cause::foreign_key);
  }
  for (const Referrer& referrer : alter.world.referrers(alter.target.name)) {
    gather.lock(referrer.table->name, lock_if(Fact::new_partition_locks_referrers, alter.version(),
                                              LockMode::share_row_exclusive, LockMode::access_share));
  }
}

void attach_index(Alter& alter, Gather& gather, const ir::op::AttachPartition& action) {
  const catalog::Catalog& catalog = alter.world.catalog;
  const catalog::Index* parent = catalog.find_index(action.table.value);
  const catalog::Index* part = catalog.find_index(action.partition.value);
  gather.lock(parent != nullptr ? parent->name : catalog.resolve(action.table.value),
              lock_if(Fact::attach_index_keeps_readers, alter.version(), LockMode::share_update_exclusive,
                      LockMode::access_exclusive),
              RelationSort::index);
  gather.lock(part != nullptr ? part->name : catalog.resolve(action.partition.value), LockMode::access_exclusive,
              RelationSort::index);
  for (const catalog::Index* index : {parent, part}) {
    if (index != nullptr) {
      gather.lock(index->table, LockMode::access_share);
    } else {
      gather.uncertain();
    }
  }
}

}  // namespace

void lock_and_check_default(Gather& gather, const World& world, const catalog::Relation& parent,
                            const catalog::Relation& partition, const ir::PartitionBound& bound) {
  for (const QualifiedName& name : world.with_children(partition.name)) {
    gather.lock(name, LockMode::access_exclusive);
    const catalog::Relation* part = world.catalog.find_relation(name);
    if (part == nullptr || excludes_bound(*part, parent.partition_by, bound)) continue;
    scan_target(gather, Target{name, part}, Cause::default_partition);
    gather.may_fail("23514", "the default partition may hold rows of the new one");
  }
}

void work(Alter& alter, Gather& gather, const ir::op::AttachPartition& action) {
  if (action.of_index) return attach_index(alter, gather, action);
  const World& world = alter.world;
  alter.lock(gather,
             lock_if(Fact::attach_keeps_writers, alter.version(), LockMode::share_update_exclusive,
                     LockMode::access_exclusive),
             false);
  const Target part = world.target(action.partition);
  lock_tree(gather, world, part, LockMode::access_exclusive);
  for (const QualifiedName& sibling_name : alter.draft.children) {
    const catalog::Relation* sibling = world.catalog.find_relation(sibling_name);
    if (sibling != nullptr && bounds_overlap(sibling->bound, action.bound))
      gather.fail("42P17", "the bound overlaps that of " + display_name(sibling_name));
  }
  if (part.object != nullptr && part.object->is_partition) gather.fail("42809", display_name(part.name) + " is a partition already");
  check_columns(alter, gather, alter.draft, part, true);
  verify_bound(alter, gather, part, action);
  if (!action.bound.is_default) verify_default(alter, gather, action.bound);
  const bool indexed = holds(Fact::partitioned_indexes, alter.version());
  for (const MissingIndex& missing :
       indexed ? missing_indexes(world, alter.draft, part) : std::vector<MissingIndex>{}) {
    gather.build(missing.name, part.name, missing.cause);
    scan_target(gather, part, missing.cause);
  }
  adopt_foreign_keys(alter, gather, part);
}

void work(Alter& alter, Gather& gather, const ir::op::DetachPartition& action) {
  const World& world = alter.world;
  const Target part = world.target(action.partition);
  const catalog::Relation* default_partition = world.default_partition(alter.draft);
  if (part.exact() && alter.target.exact() && std::ranges::find(alter.draft.children, part.name) == alter.draft.children.end())
    gather.fail("42P01", display_name(part.name) + " is no partition of the table");
  if (action.concurrently || action.finalize) {
    alter.lock(gather, LockMode::share_update_exclusive, false);
    if (action.concurrently) gather.forbid_transaction();
    if (action.concurrently && default_partition != nullptr)
      return gather.fail("55000", "DETACH CONCURRENTLY does not work beside a default partition");
    if (action.finalize && part.object != nullptr && part.object->is_partition) {
      return gather.fail("55000", "no DETACH CONCURRENTLY of the partition was begun");
    }
    lock_tree(gather, world, part, LockMode::access_exclusive);
  } else {
    alter.lock(gather, LockMode::access_exclusive, false);
    if (default_partition != nullptr) gather.lock(default_partition->name, LockMode::access_exclusive);
    const LockMode mode = lock_if(Fact::detach_locks_partition, alter.version(), LockMode::access_exclusive,
                                  LockMode::share_update_exclusive);
    lock_tree(gather, world, part, mode, false);
  }
  // Rows of the partition may be referenced: detach.concurrently_fk_referenced, more.detach_plain_referenced.
  for (const Referrer& referrer : world.referrers(alter.target.name)) {
    gather.lock(referrer.table->name, LockMode::access_exclusive);
    gather.lock(part.name, LockMode::access_exclusive);
    if (!action.finalize) gather.scan(referrer.table->name, Cause::foreign_key, Tri::unknown);
  }
  for (const catalog::Constraint& key : alter.draft.constraints) {
    if (key.kind == ConstraintKind::foreign_key)
      lock_referenced(gather, world, key.references, LockMode::share_row_exclusive);
  }
}

void work(Alter& alter, Gather& gather, const ir::op::AlterInherit& action) {
  alter.lock(gather, LockMode::access_exclusive, false);
  const Target parent = alter.world.target(action.parent);
  const bool child = std::ranges::find(alter.draft.parents, parent.name) != alter.draft.parents.end();
  if (!action.inherit && !child && alter.target.exact() && parent.exact())
    gather.fail("42P01", display_name(parent.name) + " is not a parent of the table");
  lock_tree(gather, alter.world, parent, action.inherit ? LockMode::share_update_exclusive : LockMode::access_share,
            false);
  if (action.inherit && parent.object != nullptr) check_columns(alter, gather, *parent.object, alter.target, false);
}

}  // namespace whimbrel::facts
