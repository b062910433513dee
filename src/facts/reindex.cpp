// REINDEX: of an index, a table, a schema, a database; with CONCURRENTLY; of partitioned ones.
//
// Facts: manual, REINDEX; rows reindex.*; surprises.md 7, 25.
#include <algorithm>

#include "operations.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;

struct Modes {
  LockMode table;
  LockMode index;
};

constexpr Modes kPlain{LockMode::share, LockMode::access_exclusive};
/// The old index is locked to be swapped and dropped at the end.
constexpr Modes kConcurrent{LockMode::share_update_exclusive, LockMode::access_exclusive};

void rebuild(Gather& gather, const catalog::Index& index, const catalog::Relation* table, Modes modes) {
  gather.lock(index.table, modes.table);
  gather.lock(index.name, modes.index, RelationSort::index);
  gather.build(index.name, index.table, Cause::reindex);
  if (table == nullptr || has_storage(*table)) gather.scan(index.table, Cause::reindex);
}

void rebuild_all(const Batch& batch, Gather& gather, const catalog::Relation& table, Modes modes) {
  gather.lock(table.name, modes.table, sort_of(table));
  for (const catalog::Index* index : batch.world.indexes(table)) rebuild(gather, *index, &table, modes);
}

/// Since 14 a partitioned table or index stands for its partitions, each in a transaction of its own; before, nothing
/// is rebuilt.
void reindex_partitioned_table(const Batch& batch, Gather& gather, const ir::op::Reindex& op,
                               const catalog::Relation& table) {
  const Modes modes = op.concurrently ? kConcurrent : kPlain;
  gather.lock(table.name, modes.table);
  if (!holds(Fact::reindex_partitioned, batch.version())) return;
  gather.forbid_transaction();
  for (const QualifiedName& name : batch.world.children(table)) {
    const catalog::Relation* part = batch.world.catalog.find_relation(name);
    if (part == nullptr) continue;
    gather.lock(name, LockMode::share);  // 25: while the list of partitions is made
    if (has_storage(*part)) rebuild_all(batch, gather, *part, modes);
  }
}

void reindex_partitioned_index(const Batch& batch, Gather& gather, const ir::op::Reindex& op,
                               const catalog::Index& index) {
  if (op.concurrently) {
    gather.lock(index.table, LockMode::share_update_exclusive);
    gather.lock(index.name, LockMode::share_update_exclusive, RelationSort::index);
  }
  if (holds(Fact::reindex_partitioned_index_error, batch.version()))
    return gather.fail("0A000", "this server cannot rebuild an index of a partitioned table");
  gather.forbid_transaction();
  if (!op.concurrently) {
    gather.lock(index.table, LockMode::share);
    gather.lock(index.name, LockMode::access_exclusive, RelationSort::index);
  }
  for (const catalog::Index* part : batch.world.with_attached(index)) {
    if (part->partitioned) continue;
    rebuild(gather, *part, batch.world.catalog.find_relation(part->table), op.concurrently ? kConcurrent : kPlain);
  }
}

void reindex_index(const Batch& batch, Gather& gather, const ir::op::Reindex& op) {
  const catalog::Index* index = batch.world.catalog.find_index(op.target.value);
  if (index == nullptr) {
    const QualifiedName name = batch.world.catalog.resolve(op.target.value);
    if (World::is_system(name)) return;
    gather.lock(name, LockMode::access_exclusive, RelationSort::index);
    gather.build(name, {}, Cause::reindex);
    return gather.uncertain();
  }
  if (index->partitioned) return reindex_partitioned_index(batch, gather, op, *index);
  rebuild(gather, *index, batch.world.catalog.find_relation(index->table), op.concurrently ? kConcurrent : kPlain);
}

void reindex_table(const Batch& batch, Gather& gather, const ir::op::Reindex& op) {
  const Target table = batch.world.target(op.target);
  if (World::is_system(table.name)) {
    if (op.concurrently) gather.fail("0A000", "system catalogs cannot be rebuilt concurrently");
    return;
  }
  if (table.object == nullptr) {
    lock_tree(gather, batch.world, table, op.concurrently ? kConcurrent.table : kPlain.table, false);
    return gather.scan(table.name, Cause::reindex, Tri::unknown);
  }
  if (table.is(RelationKind::partitioned_table)) return reindex_partitioned_table(batch, gather, op, *table.object);
  rebuild_all(batch, gather, *table.object, op.concurrently ? kConcurrent : kPlain);
}

}  // namespace

void work(const Batch& batch, Gather& gather, const ir::op::Reindex& op) {
  if (op.concurrently) gather.forbid_transaction();
  switch (op.kind) {
    case ir::op::ReindexKind::index:
      return reindex_index(batch, gather, op);
    case ir::op::ReindexKind::table:
      return reindex_table(batch, gather, op);
    case ir::op::ReindexKind::schema:
    case ir::op::ReindexKind::database:
      gather.forbid_transaction();
      for (const auto& [name, relation] : batch.world.catalog.relations()) {
        const bool inside = op.kind == ir::op::ReindexKind::database || name.schema == op.target.value.name;
        if (inside && has_storage(*relation) && !relation->indexes.empty()) {
          rebuild_all(batch, gather, *relation, op.concurrently ? kConcurrent : kPlain);
        }
      }
      return;
    case ir::op::ReindexKind::system:
      return gather.forbid_transaction();
  }
}

}  // namespace whimbrel::facts
