// Renames, moves, triggers, policies, rules, comments, grants: catalog only, but each with its lock.
//
// Facts: each statement's page in the manual; rows rename.*, set_schema, trigger.*, policy.*, rule.*, comment.*,
// grant.*, publication.*, sequence.*.
#include <algorithm>

#include "operations.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ObjectKind;

void lock_index(const Batch& batch, Gather& gather, const QualifiedName& written, LockMode mode) {
  const catalog::Index* index = batch.world.catalog.find_index(written);
  gather.lock(index != nullptr ? index->name : batch.world.catalog.resolve(written), mode, RelationSort::index);
  if (index == nullptr) gather.uncertain();
}

void lock_sequence(const Batch& batch, Gather& gather, const QualifiedName& written, LockMode mode) {
  const catalog::Sequence* sequence = batch.world.catalog.find_sequence(written);
  gather.lock(sequence != nullptr ? sequence->name : batch.world.catalog.resolve(written), mode,
              RelationSort::sequence);
  if (sequence == nullptr) gather.uncertain();
}

void lock_composite(const Batch& batch, Gather& gather, const QualifiedName& written, LockMode mode) {
  const catalog::Type* type = batch.world.catalog.find_type(written);
  gather.lock(type != nullptr ? type->name : batch.world.catalog.resolve(written), mode, RelationSort::composite_type);
}

/// The kinds of object that are relations, or parts of one.
enum class Holder : std::uint8_t { table, part_of_table, index, sequence, attribute, none };

Holder holder_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::table:
    case ObjectKind::foreign_table:
    case ObjectKind::view:
    case ObjectKind::materialized_view:
      return Holder::table;
    case ObjectKind::column:
    case ObjectKind::constraint:
    case ObjectKind::trigger:
    case ObjectKind::rule:
    case ObjectKind::policy:
      return Holder::part_of_table;
    case ObjectKind::index:
      return Holder::index;
    case ObjectKind::sequence:
      return Holder::sequence;
    case ObjectKind::type_attribute:
      return Holder::attribute;
    case ObjectKind::domain_constraint:
    case ObjectKind::type:
    case ObjectKind::domain:
    case ObjectKind::function:
    case ObjectKind::procedure:
    case ObjectKind::aggregate:
    case ObjectKind::operator_:
    case ObjectKind::operator_class:
    case ObjectKind::operator_family:
    case ObjectKind::cast:
    case ObjectKind::collation:
    case ObjectKind::conversion:
    case ObjectKind::event_trigger:
    case ObjectKind::schema:
    case ObjectKind::extension:
    case ObjectKind::language:
    case ObjectKind::role:
    case ObjectKind::database:
    case ObjectKind::tablespace:
    case ObjectKind::publication:
    case ObjectKind::subscription:
    case ObjectKind::server:
    case ObjectKind::foreign_data_wrapper:
    case ObjectKind::user_mapping:
    case ObjectKind::statistics:
    case ObjectKind::text_search:
    case ObjectKind::transform:
    case ObjectKind::access_method:
    case ObjectKind::large_object:
    case ObjectKind::default_privileges:
    case ObjectKind::property_graph:
    case ObjectKind::other:
      return Holder::none;
  }
  return Holder::none;
}

/// A name that ALTER TABLE may use for an index, a sequence or a view, too.
void lock_as_table(const Batch& batch, Gather& gather, const QualifiedName& written, bool if_exists, bool recurse) {
  const Target target = batch.world.target(written);
  if (target.object == nullptr && batch.world.catalog.find_index(written) != nullptr)
    return lock_index(batch, gather, written, LockMode::access_exclusive);
  if (target.object == nullptr && batch.world.catalog.find_sequence(written) != nullptr)
    return lock_sequence(batch, gather, written, LockMode::access_exclusive);
  if (batch.world.is_missing(target, if_exists)) return gather.uncertain();
  lock_tree(gather, batch.world, target, LockMode::access_exclusive, recurse);
}

void attach(const Batch& batch, Gather& gather, const ir::RelationName& table, bool if_exists = false) {
  const Target target = batch.world.target(table);
  if (batch.world.is_missing(target, if_exists)) return gather.uncertain();
  lock_tree(gather, batch.world, target, LockMode::access_exclusive, false);
}

}  // namespace

void work(const Batch& batch, Gather& gather, const ir::op::RenameTable& op) {
  lock_as_table(batch, gather, op.table.value, op.if_exists, false);
}

void work(const Batch& batch, Gather& gather, const ir::op::RenameColumn& op) {
  lock_as_table(batch, gather, op.table.value, op.if_exists, true);
  const Target target = batch.world.target(op.table);
  if (!target.exact() || target.object->columns.empty()) return;
  const catalog::Column* column = target.object->find_column(op.column.value);
  if (column == nullptr) return gather.fail("42703", "column " + op.column.value + " does not exist");
  if (column->inherited) gather.fail("42P16", "an inherited column cannot be renamed");
  if (target.object->find_column(op.new_name.value) != nullptr)
    gather.fail("42701", "column " + op.new_name.value + " exists already");
}

void work(const Batch& batch, Gather& gather, const ir::op::RenameConstraint& op) {
  const Target target = batch.world.target(op.table);
  const catalog::Constraint* found =
      target.object != nullptr ? target.object->find_constraint(op.constraint.value) : nullptr;
  // NOT NULL is a constraint with a name, too (18+), which the catalog does not keep.
  if (found == nullptr && target.exact() && !target.object->columns.empty() &&
      !holds(Fact::not_null_constraints, batch.version()))
    gather.fail("42704", "constraint " + op.constraint.value + " does not exist");
  const bool down = found != nullptr && found->kind == ir::ConstraintKind::check && !found->no_inherit;
  lock_tree(gather, batch.world, target, LockMode::access_exclusive, down);
}

void work(const Batch& batch, Gather& gather, const ir::op::RenameObject& op) {
  switch (holder_of(op.kind)) {
    case Holder::table:
      return lock_as_table(batch, gather, op.object.value, op.if_exists, false);
    case Holder::part_of_table: {
      attach(batch, gather, op.object, op.if_exists);
      const Target table = batch.world.target(op.object);
      const bool down = op.kind == ObjectKind::trigger && table.is(RelationKind::partitioned_table) &&
                        holds(Fact::trigger_rename_recurses, batch.version());
      if (down) lock_tree(gather, batch.world, table, LockMode::access_exclusive);
      return;
    }
    case Holder::index: {
      const LockMode mode = lock_if(Fact::rename_index_keeps_readers, batch.version(), LockMode::share_update_exclusive,
                                    LockMode::access_exclusive);
      if (op.if_exists && batch.world.catalog.find_index(op.object.value) == nullptr) return gather.uncertain();
      return lock_index(batch, gather, op.object.value, op.via_alter_table ? LockMode::access_exclusive : mode);
    }
    case Holder::sequence:
      return lock_sequence(batch, gather, op.object.value, LockMode::access_exclusive);
    case Holder::attribute:
      return lock_composite(batch, gather, op.object.value, LockMode::access_exclusive);
    case Holder::none: {
      const catalog::Type* type =
          op.kind == ObjectKind::type ? batch.world.catalog.find_type(op.object.value) : nullptr;
      if (type != nullptr && !type->domain && type->form == ir::op::TypeForm::composite)
        lock_composite(batch, gather, op.object.value, LockMode::access_exclusive);
      return;
    }
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::SetSchema& op) {
  const Holder holder = holder_of(op.kind);
  if (holder == Holder::index) return lock_index(batch, gather, op.object.value, LockMode::access_exclusive);
  if (holder == Holder::sequence) return lock_sequence(batch, gather, op.object.value, LockMode::access_exclusive);
  if (holder != Holder::table) return;
  lock_as_table(batch, gather, op.object.value, op.if_exists, false);
  const catalog::Relation* table = batch.world.catalog.find_relation(op.object.value);
  if (table == nullptr) return;
  for (const catalog::Sequence* sequence : batch.world.owned_sequences(*table))
    gather.lock(sequence->name, LockMode::access_exclusive, RelationSort::sequence);
}

/// 33: SHARE ROW EXCLUSIVE, whatever is altered: nextval() of others waits.
void work(const Batch& batch, Gather& gather, const ir::op::AlterSequence& op) {
  if (op.if_exists && batch.world.catalog.find_sequence(op.sequence.value) == nullptr) return gather.uncertain();
  lock_sequence(batch, gather, op.sequence.value, LockMode::share_row_exclusive);
  if (!op.options.owned_by_table.value.empty()) {
    lock_tree(gather, batch.world, batch.world.target(op.options.owned_by_table), LockMode::access_share, false);
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::CreateTrigger& op) {
  const Target table = batch.world.target(op.table);
  // A row trigger of a partitioned table is made on each partition, too: trigger.create_partitioned.
  lock_tree(gather, batch.world, table, LockMode::share_row_exclusive,
            op.row && table.is(RelationKind::partitioned_table));
  if (!op.constraint_from.value.empty())
    lock_tree(gather, batch.world, batch.world.target(op.constraint_from), LockMode::access_share, false);
  if (table.object == nullptr || op.or_replace) return;
  const bool exists = std::ranges::any_of(table.object->attached, [&op](const catalog::Attached& attached) {
    return attached.kind == catalog::Attached::Kind::trigger && attached.name == op.trigger.value;
  });
  if (exists) gather.fail("42710", "trigger " + op.trigger.value + " exists already");
}

void work(const Batch& batch, Gather& gather, const ir::op::DropTrigger& op) {
  const Target target = batch.world.target(op.table);
  if (batch.world.is_missing(target, op.if_exists)) return gather.uncertain();
  lock_tree(gather, batch.world, target, LockMode::access_exclusive, target.is(RelationKind::partitioned_table));
}

void work(const Batch& batch, Gather& gather, const ir::op::CreatePolicy& op) {
  lock_query(gather, batch.world, op.query, false);
  attach(batch, gather, op.table);
}

void work(const Batch& batch, Gather& gather, const ir::op::AlterPolicy& op) { attach(batch, gather, op.table); }
void work(const Batch& batch, Gather& gather, const ir::op::DropPolicy& op) {
  attach(batch, gather, op.table, op.if_exists);
}

void work(const Batch& batch, Gather& gather, const ir::op::CreateRule& op) {
  lock_query(gather, batch.world, op.query, false);
  attach(batch, gather, op.table);
}

void work(const Batch& batch, Gather& gather, const ir::op::DropRule& op) {
  attach(batch, gather, op.table, op.if_exists);
}

/// 36: SHARE UPDATE EXCLUSIVE on what is a relation or its column, ACCESS SHARE on the table of a constraint, trigger,
/// policy, rule.
void work(const Batch& batch, Gather& gather, const ir::op::Comment& op) {
  const Holder holder = holder_of(op.kind);
  if (holder == Holder::index) return lock_index(batch, gather, op.object.value, LockMode::share_update_exclusive);
  if (holder == Holder::sequence)
    return lock_sequence(batch, gather, op.object.value, LockMode::share_update_exclusive);
  if (holder == Holder::table || op.kind == ObjectKind::column) {
    if (batch.world.catalog.find_relation(op.object.value) == nullptr &&
        batch.world.catalog.find_type(op.object.value) != nullptr) {
      return lock_composite(batch, gather, op.object.value, LockMode::share_update_exclusive);
    }
    return lock_tree(gather, batch.world, batch.world.target(op.object), LockMode::share_update_exclusive, false);
  }
  if (holder == Holder::part_of_table)
    lock_tree(gather, batch.world, batch.world.target(op.object), LockMode::access_share, false);
}

/// 39: from 18 on the relation is opened.
void work(const Batch& batch, Gather& gather, const ir::op::Grant& op) {
  if (!holds(Fact::grant_locks_table, batch.version())) return;
  const Holder holder = holder_of(op.kind);
  for (const ir::RelationName& object : op.objects) {
    if (op.all_in_schema) {
      continue;  // more.grant_all_in_schema: not opened one by one
    } else if (holder == Holder::table && batch.world.catalog.find_sequence(object.value) == nullptr) {
      lock_tree(gather, batch.world, batch.world.target(object), LockMode::access_share, false);
    } else if (holder == Holder::table || holder == Holder::sequence) {
      lock_sequence(batch, gather, object.value, LockMode::access_share);
    }
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::CreateObject& op) {
  if (op.kind == ObjectKind::database || op.kind == ObjectKind::tablespace || op.kind == ObjectKind::subscription)
    gather.forbid_transaction();
  if (op.kind == ObjectKind::statistics && op.detail == "expression" &&
      !holds(Fact::expression_statistics, batch.version())) {
    gather.fail("0A000", "this server has no statistics over expressions");
  }
  if (op.kind == ObjectKind::event_trigger && !op.detail.empty()) {
    for (const catalog::Function* function : batch.world.catalog.find_functions(parse_name(op.detail))) {
      if (function->returns.known() && function->returns.name != "event_trigger")
        gather.fail("42P17", "the function does not return event_trigger");
    }
  }
  const bool locks = op.kind == ObjectKind::statistics || op.kind == ObjectKind::publication;
  if (!locks) return;
  for (const ir::RelationName& table : op.tables) {
    const Target target = batch.world.target(table);
    const bool partitioned = target.is(RelationKind::partitioned_table);
    lock_tree(gather, batch.world, target, LockMode::share_update_exclusive,
              op.kind == ObjectKind::publication && !partitioned);
    if (op.kind == ObjectKind::publication && partitioned && !holds(Fact::partitioned_publication, batch.version())) {
      gather.fail("0A000", "this server cannot publish a partitioned table");
    }
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::AlterObject& op) {
  const Holder holder = holder_of(op.kind);
  if (op.kind == ObjectKind::publication) {
    for (const ir::RelationName& table : op.tables)
      lock_tree(gather, batch.world, batch.world.target(table), LockMode::share_update_exclusive);
  }
  // DEPENDS ON EXTENSION: index_option.depends_on_extension, trigger.depends_on_extension.
  if (holder == Holder::index) lock_index(batch, gather, op.object.value, LockMode::access_exclusive);
  if (holder == Holder::table)
    lock_tree(gather, batch.world, batch.world.target(op.object), LockMode::access_exclusive, false);
  if (op.kind == ObjectKind::trigger)
    lock_tree(gather, batch.world, batch.world.target(op.object), LockMode::access_share, false);
  if (op.kind == ObjectKind::database && op.detail == "tablespace") gather.forbid_transaction();
}

}  // namespace whimbrel::facts
