// CREATE TABLE, TABLE AS, VIEW, MATERIALIZED VIEW, SEQUENCE, FUNCTION: nothing new is locked, but what it hangs on is.
//
// Facts: manual, CREATE TABLE; rows create_table.*, partition.create_of*, obj.*view*; surprises.md 18, 23.
#include <algorithm>
#include <set>
#include <string_view>

#include "operations.h"
#include "partition_indexes.h"
#include "proofs.h"
#include "version_facts.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;

/// Every constraint of a CREATE TABLE: of columns, then of the table.
template <class Visit>
void for_each_constraint(const ir::op::CreateTable& op, Visit visit) {
  for (const ir::ColumnDef& column : op.columns) {
    for (ir::Constraint constraint : column.constraints) {
      if (constraint.columns.empty()) constraint.columns.push_back(column.name);
      visit(constraint);
    }
  }
  for (const ir::Constraint& constraint : op.constraints) visit(constraint);
}

void reference(const Batch& batch, Gather& gather, const QualifiedName& own, const ir::Constraint& constraint,
               ir::Persistence persistence) {
  const Target referenced = batch.world.target(constraint.references);
  if (referenced.name == own) return;
  if (referenced.object != nullptr && !can_reference(persistence, referenced.object->persistence)) {
    gather.fail("42P16", "a table cannot point at " + display_name(referenced.name) +
                             ", which is less durable or another session's");
  }
  if (referenced.is(RelationKind::partitioned_table) && !holds(Fact::fk_to_partitioned, batch.version())) {
    gather.fail("42809", "this server has no foreign keys to partitioned tables");
  }
  lock_referenced(gather, batch.world, constraint.references.value, LockMode::share_row_exclusive);
}

/// The keys' indexes, in the order in which PostgreSQL makes and names them: primary key first.
void build_keys(const Batch& batch, Gather& gather, const ir::op::CreateTable& op, const QualifiedName& name) {
  catalog::Relation table;
  table.name = name;
  for_each_constraint(op, [&](const ir::Constraint& constraint) {
    Cause cause = Cause::unique;
    if (constraint.kind == ConstraintKind::primary_key) {
      cause = Cause::primary_key;
    } else if (constraint.kind == ConstraintKind::exclusion) {
      cause = Cause::exclusion;
    } else if (constraint.kind != ConstraintKind::unique) {
      return;
    }
    std::vector<std::string> columns;
    for (const ir::Name& column : constraint.columns) columns.push_back(column.value);
    if (cause != Cause::exclusion && !covers_partition_key(op.partition_by, columns)) {
      gather.fail("0A000", "a unique key of a partitioned table must hold its partition key");
    }
    const std::string index = constraint.name.value.empty()
                                  ? catalog::choose_constraint_name(batch.world.catalog, table, constraint)
                                  : constraint.name.value;
    catalog::Constraint made;
    made.name = index;
    table.constraints.push_back(made);
    gather.build({name.schema, index}, name, cause);
  });
}

/// 23: ACCESS EXCLUSIVE on the parent and on its default partition, which is read.
void create_partition(const Batch& batch, Gather& gather, const ir::op::CreateTable& op, const QualifiedName& name) {
  const Target parent = batch.world.target(op.partition_of);
  gather.lock(parent.name, LockMode::access_exclusive);
  if (parent.object == nullptr) return gather.uncertain();
  for (const QualifiedName& sibling_name : parent.object->children) {
    const catalog::Relation* sibling = batch.world.catalog.find_relation(sibling_name);
    if (sibling != nullptr && bounds_overlap(sibling->bound, op.bound))
      gather.fail("42P17", "the bound overlaps that of " + display_name(sibling_name));
  }
  const catalog::Relation* default_partition = batch.world.default_partition(*parent.object);
  if (default_partition != nullptr && !op.bound.is_default) {
    lock_and_check_default(gather, batch.world, *parent.object, *default_partition, op.bound);
  }
  for (const MissingIndex& missing : missing_indexes(batch.world, *parent.object, Target{name, nullptr}))
    gather.build(missing.name, name, missing.cause);
  for (const catalog::Constraint& key : parent.object->constraints) {
    if (key.kind != ConstraintKind::foreign_key) continue;
    const LockMode mode = lock_if(Fact::partition_adopts_keys_strongly, batch.version(), LockMode::share_row_exclusive,
                                  LockMode::access_share);
    lock_referenced(gather, batch.world, key.references, mode);
  }
  // Keys that point at the parent get a part for the new partition, too.
  const LockMode mode = lock_if(Fact::new_partition_locks_referrers, batch.version(), LockMode::share_row_exclusive,
                                LockMode::access_share);
  for (const Referrer& referrer : batch.world.referrers(parent.name)) gather.lock(referrer.table->name, mode);
}

void copy_indexes(const Batch& batch, Gather& gather, const Target& source, const QualifiedName& name) {
  if (source.object == nullptr) return;
  // Named as those of a partition are; the statement is not attached to anything.
  catalog::Relation like = *source.object;
  for (const MissingIndex& missing : missing_indexes(batch.world, like, Target{name, nullptr}))
    gather.build(missing.name, name, missing.cause);
}

bool already_there(const Batch& batch, Gather& gather, const QualifiedName& name, bool if_not_exists) {
  const catalog::Relation* found = batch.world.catalog.find_relation(name);
  if (found == nullptr || found->presumed) return false;
  if (!if_not_exists) gather.fail("42P07", display_name(name) + " exists already");
  return true;
}

/// A column that is written twice. Of a partition and a typed table the list only adds to what is there.
void fail_on_repeated_column(Gather& gather, const ir::op::CreateTable& op) {
  std::set<std::string_view> seen;
  for (const ir::ColumnDef& column : op.columns) {
    if (!seen.insert(column.name.value).second) return gather.fail("42701", "column " + column.name.value + " is named twice");
  }
}

}  // namespace

void work(const Batch& batch, Gather& gather, const ir::op::CreateTable& op) {
  const World& world = batch.world;
  const QualifiedName name = world.catalog.resolve_new(op.table.value, op.persistence);
  if (already_there(batch, gather, name, op.if_not_exists)) return;
  fail_on_repeated_column(gather, op);
  for_each_constraint(op, [&](const ir::Constraint& constraint) {
    if (constraint.kind == ConstraintKind::foreign_key) reference(batch, gather, name, constraint, op.persistence);
  });
  build_keys(batch, gather, op, name);
  for (const ir::op::LikeClause& like : op.likes) {
    const Target source = world.target(like.source);
    lock_tree(gather, world, source, LockMode::access_share, false);
    if (like.indexes) copy_indexes(batch, gather, source, name);
  }
  for (const ir::RelationName& parent : op.inherits)
    lock_tree(gather, world, world.target(parent), LockMode::share_update_exclusive, false);
  if (!op.partition_of.value.empty()) create_partition(batch, gather, op, name);
  if (!op.of_type.empty()) {
    const catalog::Type* type = world.catalog.find_type(op.of_type);
    gather.lock(type != nullptr ? type->name : world.catalog.resolve(op.of_type), LockMode::access_share,
                RelationSort::composite_type);
  }
  for (const ir::ColumnDef& column : op.columns) {
    if (holds(Fact::default_locks_sequence, batch.version()))
      lock_sequences(gather, world, column.default_value.get(), LockMode::access_share);
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::CreateTableAs& op) {
  const QualifiedName name = batch.world.catalog.resolve_new(op.table.value, op.persistence);
  if (already_there(batch, gather, name, op.if_not_exists)) return;
  lock_query(gather, batch.world, op.query, op.with_data);
}

/// obj.replace_view_*: OR REPLACE may add columns at the end, nothing else.
void work(const Batch& batch, Gather& gather, const ir::op::CreateView& op) {
  const World& world = batch.world;
  lock_query(gather, world, op.query, false);
  const QualifiedName name = world.catalog.resolve_new(op.view.value, op.persistence);
  const catalog::Relation* found = world.catalog.find_relation(name);
  if (found == nullptr || found->presumed) {
    if (op.or_replace && found != nullptr) gather.lock(name, LockMode::access_exclusive, RelationSort::view);
    return;
  }
  if (!op.or_replace) return gather.fail("42P07", display_name(name) + " exists already");
  if (found->kind != RelationKind::view) return gather.fail("42809", display_name(name) + " is not a view");
  gather.lock(name, LockMode::access_exclusive, RelationSort::view);
  const std::vector<std::string>& columns = op.columns.empty() ? op.query.output : op.columns;
  if (columns.empty() || found->columns.empty() || !found->exact) return;
  if (columns.size() < found->columns.size()) return gather.fail("42P16", "a column of the view would be dropped");
  for (std::size_t i = 0; i < found->columns.size(); ++i) {
    if (columns[i] != found->columns[i].name) return gather.fail("42P16", "a column of the view would be renamed");
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::CreateSequence& op) {
  const QualifiedName name = batch.world.catalog.resolve_new(op.sequence.value, op.persistence);
  if (batch.world.catalog.find_sequence(name) != nullptr) {
    if (!op.if_not_exists) gather.fail("42P07", display_name(name) + " exists already");
    return;
  }
  if (!op.options.owned_by_table.value.empty()) {
    lock_tree(gather, batch.world, batch.world.target(op.options.owned_by_table), LockMode::access_share, false);
  }
}

/// obj.create_function: a SQL body is analysed (check_function_bodies), which opens what it names.
void work(const Batch& batch, Gather& gather, const ir::op::CreateFunction& op) {
  const bool polymorphic =
      std::ranges::any_of(op.arguments, [](const ir::TypeName& type) { return type.name.starts_with("any"); });
  const bool read = op.standard_body || (batch.world.settings.check_function_bodies && !polymorphic);
  if (read) lock_query(gather, batch.world, op.query, false);
  if (!op.or_replace) return;
  for (const catalog::Function* function : batch.world.catalog.find_functions(op.function.value)) {
    if (function->arguments != op.arguments || op.procedure || function->procedure) continue;
    if (function->returns.known() && op.returns.known() && function->returns != op.returns)
      gather.fail("42P13", "the result type of a function cannot be changed");
  }
}

}  // namespace whimbrel::facts
