// Data statements: what they lock; foreign keys lock the other table's rows by ROW SHARE.
//
// Facts: manual, "Explicit Locking"; rows dml.*. What a statement with WHERE reads is the planner's choice and is not
// said.
#include <algorithm>

#include "operations.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using ir::ConstraintKind;

Target write(const Batch& batch, Gather& gather, const ir::RelationName& name, const ir::Query& query,
             bool recurse = true) {
  Target target = batch.world.target(name);
  if (target.is(catalog::RelationKind::view)) {  // rewritten to the tables below
    lock_tree(gather, batch.world, target, LockMode::row_exclusive);
    for (const QualifiedName& read : target.object->reads)
      lock_tree(gather, batch.world, batch.world.target(read), LockMode::row_exclusive);
  } else {
    lock_tree(gather, batch.world, target, LockMode::row_exclusive, recurse);
  }
  ir::Query others = query;
  std::erase_if(others.reads,
                [&](const ir::RelationName& read) { return batch.world.target(read).name == target.name; });
  lock_query(gather, batch.world, others, true, Cause::dml);
  return target;
}

void read_all(const Batch& batch, Gather& gather, const Target& target, bool has_where, bool only) {
  if (has_where) return;
  if (only) return scan_target(gather, target, Cause::dml);
  for (const QualifiedName& name : batch.world.with_children(target.name))
    scan_target(gather, batch.world.target(name), Cause::dml);
}

/// The foreign keys over columns that get a value: the partner's row is looked up and locked.
void check_keys(Gather& gather, const World& world, const Target& target, const std::vector<ir::Name>& columns,
                bool all) {
  if (target.object == nullptr) return;
  for (const catalog::Constraint& key : target.object->constraints) {
    if (key.kind != ConstraintKind::foreign_key || !key.enforced) continue;
    const bool set = all || std::ranges::any_of(columns, [&key](const ir::Name& column) {
                       return std::ranges::find(key.columns, column.value) != key.columns.end();
                     });
    if (set && key.references != target.name) lock_referenced(gather, world, key.references, LockMode::row_share);
  }
}

}  // namespace

void work(const Batch& batch, Gather& gather, const ir::op::Insert& op) {
  // Rows go to the table itself, or to partitions, any of which may get one; never to children.
  const bool routed = batch.world.target(op.table).is(catalog::RelationKind::partitioned_table);
  const Target target = write(batch, gather, op.table, op.query, routed);
  check_keys(gather, batch.world, target, op.columns, op.columns.empty());
  if (target.object == nullptr) return;
  for (const catalog::Column& column : target.object->columns) {
    const bool given = op.columns.empty() || std::ranges::any_of(op.columns, [&column](const ir::Name& name) {
                         return name.value == column.name;
                       });
    if (!given) lock_sequences(gather, batch.world, column.default_value.get(), LockMode::row_exclusive);
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::Update& op) {
  const Target target = write(batch, gather, op.table, op.query, !op.only);
  read_all(batch, gather, target, op.has_where, op.only);
  check_keys(gather, batch.world, target, op.columns, false);
}

/// The referencing tables are searched (ROW SHARE), or changed with ON DELETE CASCADE, SET NULL, SET DEFAULT.
void work(const Batch& batch, Gather& gather, const ir::op::Delete& op) {
  const Target target = write(batch, gather, op.table, op.query, !op.only);
  read_all(batch, gather, target, op.has_where, op.only);
  for (const Referrer& referrer : batch.world.referrers(target.name)) {
    if (!referrer.key->enforced || referrer.table->name == target.name) continue;
    const bool looks = referrer.key->on_delete == ir::ReferentialAction::no_action ||
                       referrer.key->on_delete == ir::ReferentialAction::restrict;
    gather.lock(referrer.table->name, looks ? LockMode::row_share : LockMode::row_exclusive);
    if (looks)
      gather.may_fail("23503", "rows of " + display_name(referrer.table->name) + " may point at the deleted ones");
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::Merge& op) {
  const Target target = write(batch, gather, op.table, op.query);
  if (target.object == nullptr) return;
  const bool rules = std::ranges::any_of(target.object->attached, [](const catalog::Attached& attached) {
    return attached.kind == catalog::Attached::Kind::rule;
  });
  if (rules) gather.fail("0A000", "MERGE does not work on a table with rules");
}

void work(const Batch& batch, Gather& gather, const ir::op::Copy& op) {
  if (op.table.value.empty()) return lock_query(gather, batch.world, op.query, true, Cause::copy);
  const Target target = batch.world.target(op.table);
  if (op.from) {
    lock_tree(gather, batch.world, target, LockMode::row_exclusive,
              target.is(catalog::RelationKind::partitioned_table));
    return check_keys(gather, batch.world, target, {}, true);
  }
  lock_tree(gather, batch.world, target, LockMode::access_share, false);
  scan_target(gather, target, Cause::copy);
}

void work(const Batch& batch, Gather& gather, const ir::op::Select& op) {
  lock_query(gather, batch.world, op.query, true);
}

void work(const Batch& batch, Gather& gather, const ir::op::Call& op) {
  lock_query(gather, batch.world, op.query, true);
  gather.uncertain();
}

}  // namespace whimbrel::facts
