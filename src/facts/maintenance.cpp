// TRUNCATE, LOCK, REFRESH, VACUUM, ANALYZE, CLUSTER: whole tables at once.
//
// Facts: each statement's page in the manual; rows truncate.*, maint.*, notx.vacuum_all.
#include <algorithm>

#include "operations.h"
#include "version_facts.h"
#include "whimbrel/base/text.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;

/// An option of a parenthesised list that is on: `(FREEZE)`, `(FREEZE true)`.
bool is_on(const std::vector<ir::Option>& options, std::string_view name) {
  return std::ranges::any_of(options, [name](const ir::Option& option) {
    if (!equals_ignoring_case(option.name, name)) return false;
    const std::string value = to_lower(option.value);
    return value != "false" && value != "off" && value != "0" && value != "no";
  });
}

void truncate_one(const Batch& batch, Gather& gather, const catalog::Relation& table, bool restart_identity) {
  gather.lock(table.name, LockMode::access_exclusive);
  if (has_storage(table)) {
    gather.rewrite(table.name, Cause::truncate);
    for (const catalog::Index* index : batch.world.indexes(table)) {
      gather.build(index->name, table.name, Cause::truncate);
      gather.scan(table.name, Cause::truncate);
    }
  }
  if (table.is_partition && holds(Fact::truncate_opens_parent, batch.version())) {
    for (const QualifiedName& parent : table.parents) gather.lock(parent, LockMode::access_share);
  }
  if (!restart_identity) return;
  for (const catalog::Sequence* sequence : batch.world.owned_sequences(table))
    gather.lock(sequence->name, LockMode::access_exclusive, RelationSort::sequence);
}

/// Every table with a heap; what a statement without a name works on.
template <class Visit>
void for_each_table(const Batch& batch, Visit visit) {
  for (const auto& [name, relation] : batch.world.catalog.relations()) {
    if (has_storage(*relation)) visit(*relation);
  }
}

void vacuum(const Batch& batch, Gather& gather, const ir::op::Vacuum& op, const Target& table) {
  const LockMode lock = op.full ? LockMode::access_exclusive : LockMode::share_update_exclusive;
  lock_tree(gather, batch.world, table, lock, table.is(RelationKind::partitioned_table));
  for (const QualifiedName& name : batch.world.with_children(table.name)) {
    const Target part = batch.world.target(name);
    if (part.name != table.name && !table.is(RelationKind::partitioned_table)) continue;
    if (op.full) {
      rewrite_target(gather, batch.world, part, Cause::vacuum_full);
    } else if (op.analyze || is_on(op.options, "freeze") || is_on(op.options, "disable_page_skipping")) {
      scan_target(gather, part, Cause::other);
    }
  }
}

/// maint.refresh_*: CONCURRENTLY compares by a unique index and never takes more than EXCLUSIVE.
void refresh_concurrently(const Batch& batch, Gather& gather, const ir::op::RefreshMaterializedView& op,
                          const Target& view) {
  gather.lock(view.name, LockMode::exclusive, RelationSort::materialized_view);
  if (!op.with_data) return gather.fail("42601", "CONCURRENTLY and WITH NO DATA exclude each other");
  if (view.object == nullptr) return;
  if (!view.object->populated) return gather.fail("0A000", "the materialized view was never populated");
  const std::vector<const catalog::Index*> indexes = batch.world.indexes(*view.object);
  const bool unique = std::ranges::any_of(indexes, [](const catalog::Index* index) {
    const bool plain =
        std::ranges::none_of(index->columns, [](const catalog::IndexColumn& column) { return column.column.empty(); });
    return index->unique && !index->predicate && plain && index->valid != Tri::no;
  });
  if (!unique && view.object->exact)
    gather.fail("55000", "the materialized view has no unique index over columns, without WHERE");
  gather.scan(view.name, Cause::refresh);
}

}  // namespace

void work(const Batch& batch, Gather& gather, const ir::op::Truncate& op) {
  const World& world = batch.world;
  const Target target = world.target(op.table);
  if (target.object == nullptr) {
    lock_tree(gather, world, target, LockMode::access_exclusive);
    return gather.rewrite(target.name, Cause::truncate);
  }
  if (target.is(RelationKind::view)) return gather.fail("42809", "a view cannot be truncated");
  if (op.only && target.is(RelationKind::partitioned_table))
    return gather.fail("42809", "TRUNCATE ONLY does not work on a partitioned table");
  if (!target.object->exact) gather.uncertain();

  std::vector<QualifiedName> queue = op.only ? std::vector{target.name} : world.with_children(target.name);
  std::set<QualifiedName> seen(queue.begin(), queue.end());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const catalog::Relation* table = world.catalog.find_relation(queue[i]);
    if (table == nullptr) continue;
    truncate_one(batch, gather, *table, op.restart_identity);
    for (const Referrer& referrer : world.referrers(queue[i])) {
      const QualifiedName& name = referrer.table->name;
      if (seen.contains(name) || batch.together.contains(name)) continue;
      if (!op.cascade) {
        gather.fail("0A000",
                    "foreign key " + referrer.key->name + " of " + display_name(name) + " points at the table");
        continue;
      }
      for (const QualifiedName& also : world.with_children(name)) {
        if (seen.insert(also).second) queue.push_back(also);
      }
    }
  }
}

/// maint.lock_view: a view's tables are locked with it.
void work(const Batch& batch, Gather& gather, const ir::op::LockTable& op) {
  const Target target = batch.world.target(op.table);
  lock_tree(gather, batch.world, target, op.mode, !op.only);
  if (!target.is(RelationKind::view)) return;
  if (!holds(Fact::lock_table_of_view, batch.version())) return gather.fail("42809", "a view cannot be locked");
  std::vector<QualifiedName> queue = target.object->reads;
  std::set<QualifiedName> seen;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Target read = batch.world.target(queue[i]);
    if (!seen.insert(read.name).second) continue;
    lock_tree(gather, batch.world, read, op.mode);
    if (read.is(RelationKind::view)) queue.insert(queue.end(), read.object->reads.begin(), read.object->reads.end());
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::RefreshMaterializedView& op) {
  const World& world = batch.world;
  const Target view = world.target(op.view);
  if (view.object == nullptr || !view.object->exact) gather.uncertain();
  if (op.concurrently) {
    refresh_concurrently(batch, gather, op, view);
  } else {
    gather.lock(view.name, LockMode::access_exclusive, RelationSort::materialized_view);
    gather.rewrite(view.name, Cause::refresh);
    if (view.object != nullptr) {
      for (const catalog::Index* index : world.indexes(*view.object)) {
        gather.build(index->name, view.name, Cause::refresh);
        gather.scan(view.name, Cause::refresh);
      }
    }
  }
  if (!op.with_data || view.object == nullptr) return;
  ir::Query query;
  for (const QualifiedName& name : view.object->reads) query.reads.push_back({name, {}});
  lock_query(gather, world, query, true, Cause::refresh);
}

void work(const Batch& batch, Gather& gather, const ir::op::Vacuum& op) {
  gather.forbid_transaction();
  if (!op.table.value.empty()) return vacuum(batch, gather, op, batch.world.target(op.table));
  for_each_table(batch, [&](const catalog::Relation& table) { vacuum(batch, gather, op, Target{table.name, &table}); });
}

void work(const Batch& batch, Gather& gather, const ir::op::Analyze& op) {
  if (!op.table.value.empty()) {
    const Target table = batch.world.target(op.table);
    const bool partitioned = table.is(RelationKind::partitioned_table);
    const bool down = partitioned || holds(Fact::analyze_locks_children, batch.version());
    if (!partitioned)
      lock_tree(gather, batch.world, table, LockMode::access_share);  // children are read for the parent's statistics
    lock_tree(gather, batch.world, table, LockMode::share_update_exclusive, down);
    for (const QualifiedName& name : batch.world.with_children(table.name))
      scan_target(gather, batch.world.target(name), Cause::other);
    return;
  }
  for_each_table(batch, [&](const catalog::Relation& table) {
    gather.lock(table.name, LockMode::share_update_exclusive, sort_of(table));
    gather.scan(table.name, Cause::other);
  });
}

void work(const Batch& batch, Gather& gather, const ir::op::Cluster& op) {
  const bool concurrently = is_on(op.options, "concurrently");
  if (concurrently) gather.forbid_transaction();
  if (op.table.value.empty()) {
    gather.forbid_transaction();
    gather.uncertain();  // those that were clustered before: the catalog does not say which
    return;
  }
  const Target table = batch.world.target(op.table);
  const bool partitioned = table.is(RelationKind::partitioned_table);
  lock_tree(gather, batch.world, table, LockMode::access_exclusive, partitioned);
  if (partitioned && !holds(Fact::cluster_partitioned, batch.version()))
    return gather.fail("0A000", "this server cannot cluster a partitioned table");
  const catalog::Index* index =
      op.index.value.empty() ? nullptr : batch.world.catalog.find_index({table.name.schema, op.index.value});
  if (index != nullptr && index->predicate) return gather.fail("0A000", "the index is partial");
  if (partitioned) gather.forbid_transaction();
  for (const QualifiedName& name : batch.world.with_children(table.name)) {
    if (name == table.name || partitioned)
      rewrite_target(gather, batch.world, batch.world.target(name), Cause::cluster);
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::MoveAllInTablespace& op) {
  for_each_table(batch, [&](const catalog::Relation& table) {
    const std::string from = table.tablespace.empty() ? "pg_default" : table.tablespace;
    if (from != op.from.value || op.from.value == op.to.value) return;
    gather.lock(table.name, LockMode::access_exclusive, sort_of(table));
    gather.rewrite(table.name, Cause::set_tablespace);
  });
  gather.uncertain();
}

}  // namespace whimbrel::facts
