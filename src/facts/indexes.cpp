// CREATE INDEX and DROP INDEX.
//
// Facts: manual, CREATE INDEX ("Building Indexes Concurrently"), DROP INDEX; rows create_index.*, drop_index.*.
#include <algorithm>
#include <iterator>

#include "operations.h"
#include "version_facts.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;

/// 42P17: an expression or predicate must be immutable.
void check_immutable(const Batch& batch, Gather& gather, const ir::ExprPtr& expr) {
  if (!expr) return;
  const ExprVolatility volatility = volatility_of(*expr, batch.world.catalog, batch.version());
  if (volatility.certain == Tri::yes && volatility.volatility == ir::op::Volatility::volatile_) {
    gather.fail("42P17", "functions in an index must be IMMUTABLE, " + volatility.culprit_name + " is not");
  }
}

bool is_system_column(std::string_view name) {
  static constexpr std::string_view kNames[] = {"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax", "oid"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

void build_on_partitions(const Batch& batch, Gather& gather, const ir::op::CreateIndex& op,
                         const catalog::Relation& table, LockMode lock) {
  ir::op::CreateIndex unnamed = op;
  unnamed.name = {};
  for (const QualifiedName& name : batch.world.children(table)) {
    const Target part = batch.world.target(name);
    gather.lock(name, lock);
    gather.build({name.schema, catalog::choose_index_name(batch.world.catalog, name, unnamed)}, name, Cause::index);
    scan_target(gather, part, Cause::index);
  }
}

/// Foreign keys that lean on a unique index without a constraint: drop_index.unique_index_fk_target.
void check_referrers(const Batch& batch, Gather& gather, const catalog::Index& index, bool cascade) {
  for (const Referrer& referrer : catalog::keys_resting_on(batch.world.catalog, index)) {
    if (!cascade)
      return gather.fail("2BP01", "foreign key " + referrer.key->name + " of " + display_name(referrer.table->name) + " depends on the index");
    gather.lock(referrer.table->name, LockMode::access_exclusive);
  }
}

/// DROP INDEX CONCURRENTLY: what is refused, is refused after the first, weak locks are taken.
void drop_concurrently(const Batch& batch, Gather& gather, const ir::op::DropIndex& op, const catalog::Index* index) {
  gather.forbid_transaction();
  if (batch.statement.steps.size() > 1) return gather.fail("0A000", "DROP INDEX CONCURRENTLY takes one index");
  if (op.cascade) return gather.fail("0A000", "DROP INDEX CONCURRENTLY knows no CASCADE");
  if (index == nullptr) {
    if (!op.if_exists)
      gather.lock(batch.world.catalog.resolve(op.index.value), LockMode::access_exclusive, RelationSort::index);
    return gather.uncertain();
  }
  gather.lock(index->table, LockMode::share_update_exclusive);
  if (index->partitioned) {
    gather.lock(index->name, LockMode::share_update_exclusive, RelationSort::index);
    return gather.fail("0A000", "an index of a partitioned table cannot be dropped concurrently");
  }
  if (!index->parent.empty()) {
    gather.lock(index->name, LockMode::share_update_exclusive, RelationSort::index);
    gather.lock(index->parent, LockMode::access_exclusive, RelationSort::index);
    return gather.fail("2BP01", "index " + display_name(index->parent) + " requires it");
  }
  gather.lock(index->name, LockMode::access_exclusive, RelationSort::index);
  if (!index->constraint.empty())
    return gather.fail("2BP01", "constraint " + index->constraint + " requires the index");
  check_referrers(batch, gather, *index, false);
}

}  // namespace

void work(const Batch& batch, Gather& gather, const ir::op::CreateIndex& op) {
  const Target table = batch.world.target(op.table);
  const LockMode lock = op.concurrently ? LockMode::share_update_exclusive : LockMode::share;
  lock_tree(gather, batch.world, table, lock, false);
  if (op.concurrently) gather.forbid_transaction();
  if (!op.name.value.empty()) {
    const catalog::Index* found = batch.world.catalog.find_index({table.name.schema, op.name.value});
    if (found != nullptr && found->exact) {
      if (!op.if_not_exists) gather.fail("42P07", "index " + op.name.value + " exists already");
      return;
    }
  }
  if (table.is(RelationKind::view)) return gather.fail("42809", "a view has no indexes");
  for (const ir::IndexElement& element : op.elements) {
    check_immutable(batch, gather, element.expr);
    const bool known = element.column.empty() || !table.exact() || table.object->columns.empty() ||
                       table.object->find_column(element.column) != nullptr || is_system_column(element.column);
    if (!known) gather.fail("42703", "column " + element.column + " does not exist");
  }
  check_immutable(batch, gather, op.predicate);
  const bool partitioned = table.is(RelationKind::partitioned_table);
  if (partitioned && !holds(Fact::partitioned_indexes, batch.version()))
    return gather.fail("42809", "this server has no indexes over partitioned tables");
  if (partitioned && op.concurrently && !op.only) lock_tree(gather, batch.world, table, lock, true);
  if (partitioned && op.concurrently)
    return gather.fail("0A000", "an index of a partitioned table cannot be built concurrently");

  if (partitioned && op.unique) {
    std::vector<std::string> columns;
    for (const ir::IndexElement& element : op.elements) columns.push_back(element.column);
    if (!covers_partition_key(table.object->partition_by, columns))
      gather.fail("0A000", "a unique index of a partitioned table must hold its partition key");
  }

  const std::string name =
      op.name.value.empty() ? catalog::choose_index_name(batch.world.catalog, table.name, op) : op.name.value;
  gather.build({table.name.schema, name}, table.name, Cause::index);
  scan_target(gather, table, Cause::index);
  if (partitioned && !op.only) build_on_partitions(batch, gather, op, *table.object, lock);
  if (op.unique) gather.may_fail("23505", "rows may be equal");
}

void work(const Batch& batch, Gather& gather, const ir::op::DropIndex& op) {
  const World& world = batch.world;
  const catalog::Index* index = world.catalog.find_index(op.index.value);
  if (op.concurrently) return drop_concurrently(batch, gather, op, index);
  if (index == nullptr) {
    if (!op.if_exists)
      gather.lock(world.catalog.resolve(op.index.value), LockMode::access_exclusive, RelationSort::index);
    return gather.uncertain();
  }
  if (!index->exact) gather.uncertain();
  if (!index->constraint.empty()) gather.fail("2BP01", "constraint " + index->constraint + " requires the index");
  if (!index->parent.empty()) gather.fail("2BP01", "index " + display_name(index->parent) + " requires it");
  check_referrers(batch, gather, *index, op.cascade);
  for (const catalog::Index* part : world.with_attached(*index)) {
    gather.lock(part->name, LockMode::access_exclusive, RelationSort::index);
    gather.lock(part->table, LockMode::access_exclusive);
  }
}

}  // namespace whimbrel::facts
