// The remaining actions of ALTER TABLE, INDEX and VIEW: one row each for the lock, and the few that move the heap.
//
// Facts: manual, ALTER TABLE (each action says its lock); AlterTableGetLockLevel; rows toggle.*, set_*, owner_to,
// cluster_on.
#include <algorithm>

#include "alter_table.h"
#include "storage_options.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::op::TableAction;

struct ActionRow {
  TableAction action;
  LockMode lock;
  bool recurse;
};

using enum LockMode;

constexpr ActionRow kActions[] = {
    {TableAction::set_logged, access_exclusive, false},
    {TableAction::set_unlogged, access_exclusive, false},
    {TableAction::set_tablespace, access_exclusive, false},
    {TableAction::set_access_method, access_exclusive, false},
    {TableAction::set_options, share_update_exclusive, false},    // by option: storage_options.cpp
    {TableAction::reset_options, share_update_exclusive, false},  // by option
    {TableAction::replace_options, share_update_exclusive, false},
    {TableAction::cluster_on, share_update_exclusive, false},
    {TableAction::set_without_cluster, share_update_exclusive, false},
    {TableAction::replica_identity, access_exclusive, false},
    {TableAction::owner_to, access_exclusive, false},
    {TableAction::set_without_oids, access_exclusive, false},
    {TableAction::enable_trigger, share_row_exclusive, false},
    {TableAction::disable_trigger, share_row_exclusive, false},
    {TableAction::enable_rule, access_exclusive, false},
    {TableAction::disable_rule, access_exclusive, false},
    {TableAction::enable_row_security, access_exclusive, false},
    {TableAction::disable_row_security, access_exclusive, false},
    {TableAction::force_row_security, access_exclusive, false},
    {TableAction::no_force_row_security, access_exclusive, false},
    {TableAction::set_statistics, share_update_exclusive, true},
    {TableAction::set_column_options, share_update_exclusive, false},
    {TableAction::reset_column_options, share_update_exclusive, false},
    {TableAction::set_storage, access_exclusive, true},
    {TableAction::set_compression, access_exclusive, true},
    {TableAction::set_identity, access_exclusive, false},
    {TableAction::of_type, access_exclusive, false},
    {TableAction::not_of, access_exclusive, false},
    {TableAction::merge_partitions, access_exclusive, true},
    {TableAction::split_partition, access_exclusive, true},
    {TableAction::other, access_exclusive, false},
};

ActionRow find(TableAction action) {
  const auto found = std::ranges::find(kActions, action, &ActionRow::action);
  return found != std::end(kActions) ? *found : ActionRow{action, access_exclusive, false};
}

/// A NULL or default tablespace is the database's own: set_tablespace.same.
bool same_tablespace(std::string_view from, std::string_view to) {
  const auto plain = [](std::string_view name) { return name == "pg_default" ? std::string_view() : name; };
  return plain(from) == plain(to);
}

void move_index(Gather& gather, const ir::op::AlterTable& action, const catalog::Index& index) {
  const bool moves = action.action == TableAction::set_tablespace && !index.partitioned;
  if (moves && !same_tablespace(index.tablespace, action.detail.value))
    gather.build(index.name, index.table, Cause::set_tablespace);
}

/// An index, by ALTER INDEX or by ALTER TABLE over its name.
void work_on_index(Alter& alter, Gather& gather, const ir::op::AlterTable& action) {
  const catalog::Catalog& catalog = alter.world.catalog;
  const catalog::Index* index = catalog.find_index(action.table.value);
  LockMode lock = find(action.action).lock;
  if (action.action == TableAction::set_options || action.action == TableAction::reset_options) {
    const OptionEffect effect = option_effect(action.options, ir::ObjectKind::index);
    lock = effect.lock;
    if (effect.since > alter.version()) gather.fail("22023", "this server has no such option");
  }
  gather.lock(index != nullptr ? index->name : catalog.resolve(action.table.value), lock, RelationSort::index);
  if (index == nullptr) return gather.uncertain();
  move_index(gather, action, *index);
}

/// The triggers of a partitioned table are on its partitions, too: more.disable_trigger_partitioned.
bool has_triggers(const catalog::Relation& table) {
  return std::ranges::any_of(table.attached, [](const catalog::Attached& attached) {
    return attached.kind == catalog::Attached::Kind::trigger;
  });
}

/// A permanent table cannot point at an unlogged one: more.set_unlogged_referenced,
/// more.set_logged_referencing_unlogged.
void check_keys(Alter& alter, Gather& gather, ir::Persistence wanted) {
  if (wanted == ir::Persistence::unlogged) {
    for (const Referrer& referrer : alter.world.referrers(alter.target.name)) {
      const bool other =
          referrer.table->name != alter.target.name && referrer.table->persistence == ir::Persistence::permanent;
      if (other) gather.fail("42P16", display_name(referrer.table->name) + " points at the table and is logged");
    }
    return;
  }
  for (const catalog::Constraint& key : alter.draft.constraints) {
    if (key.kind != ir::ConstraintKind::foreign_key || key.references == alter.target.name) continue;
    const Target referenced = alter.world.target(key.references);
    if (referenced.object != nullptr && referenced.object->persistence != ir::Persistence::permanent) {
      gather.fail("42P16", "the table points at " + display_name(referenced.name) + ", which is unlogged");
    }
  }
}

/// SET LOGGED | UNLOGGED to another state: rows set_logged*, set_unlogged*. Owned sequences follow (15+).
void set_persistence(Alter& alter, Gather& gather, ir::Persistence wanted) {
  if (alter.target.is(RelationKind::partitioned_table) && holds(Fact::partitioned_logging_refused, alter.version()))
    return gather.fail("42809", "a partitioned table has no rows that could be logged");
  if (alter.target.object == nullptr) {
    gather.uncertain();
    return rewrite_target(gather, alter.world, alter.target, Cause::set_logged, Tri::unknown);
  }
  if (alter.draft.persistence == ir::Persistence::temporary) return gather.fail("42P16", "a temporary table stays one");
  if (alter.draft.persistence == wanted) {
    if (!alter.draft.exact) gather.uncertain();
    if (alter.draft.presumed) rewrite_table(gather, alter.world, alter.draft, Cause::set_logged, Tri::unknown);
    return;
  }
  check_keys(alter, gather, wanted);
  rewrite_table(gather, alter.world, alter.draft, Cause::set_logged);
  alter.draft.persistence = wanted;
  if (!holds(Fact::unlogged_sequences, alter.version())) return;
  for (const catalog::Sequence* sequence : alter.world.owned_sequences(alter.draft))
    gather.lock(sequence->name, access_exclusive, RelationSort::sequence);
}

/// The files are copied; only the new heap counts, nothing is read through: set_tablespace.
void set_tablespace(Alter& alter, Gather& gather, const ir::op::AlterTable& action) {
  if (alter.target.object == nullptr) {
    gather.rewrite(alter.target.name, Cause::set_tablespace, Tri::unknown);
    return gather.uncertain();
  }
  if (!has_storage(alter.draft) || same_tablespace(alter.draft.tablespace, action.detail.value)) return;
  gather.rewrite(alter.target.name, Cause::set_tablespace);
}

void set_access_method(Alter& alter, Gather& gather, const ir::op::AlterTable& action) {
  const std::string wanted = action.detail.value.empty() ? "heap" : action.detail.value;
  const std::string current = alter.draft.access_method.empty() ? "heap" : alter.draft.access_method;
  if (alter.target.object == nullptr) {
    gather.uncertain();
    return rewrite_target(gather, alter.world, alter.target, Cause::set_access_method,
                          wanted == "heap" ? Tri::no : Tri::yes);
  }
  if (wanted != current) rewrite_table(gather, alter.world, alter.draft, Cause::set_access_method);
}

/// Types whose values are of fixed length have no storage to choose: set_storage.plain_to_main_error.
bool is_fixed_length(const ir::TypeName& type) {
  static constexpr std::string_view kFixed[] = {"bigint",
                                                "boolean",
                                                "date",
                                                "double precision",
                                                "integer",
                                                "interval",
                                                "oid",
                                                "real",
                                                "smallint",
                                                "uuid",
                                                "money",
                                                "timestamp with time zone",
                                                "timestamp without time zone",
                                                "time with time zone",
                                                "time without time zone",
                                                "name",
                                                "point"};
  return type.dimensions == 0 && std::ranges::find(kFixed, type.name) != std::end(kFixed);
}

void set_storage(Alter& alter, Gather& gather, const ir::op::AlterTable& action) {
  const catalog::Column* column = alter.draft.find_column(action.detail.value);
  const bool plain = std::ranges::any_of(action.options, [](const ir::Option& option) {
    return option.name == "plain" || option.name == "PLAIN" || option.value == "plain" || option.value == "PLAIN";
  });
  if (column != nullptr && is_fixed_length(column->type) && !plain)
    gather.fail("0A000", "the column's type has only PLAIN storage");
}

}  // namespace

void work(Alter& alter, Gather& gather, const ir::op::AlterTable& action) {
  const bool is_index =
      action.kind == ir::ObjectKind::index ||
      (alter.target.object == nullptr && alter.world.catalog.find_index(action.table.value) != nullptr);
  if (is_index) return work_on_index(alter, gather, action);
  const ActionRow row = find(action.action);
  LockMode lock = row.lock;
  const bool options = action.action == TableAction::set_options || action.action == TableAction::reset_options ||
                       action.action == TableAction::replace_options;
  if (options) {
    const bool view = alter.target.is(RelationKind::view);
    const OptionEffect effect = option_effect(action.options, view ? ir::ObjectKind::view : action.kind);
    lock = effect.lock;
    if (effect.since > alter.version()) gather.fail("22023", "this server has no such option");
    if (alter.target.is(RelationKind::partitioned_table) && action.action == TableAction::set_options) {
      const bool newer = holds(Fact::partitioned_options_are_42809, alter.version());
      gather.fail(newer ? "42809" : "22023", "a partitioned table has no storage parameters");
    }
  }
  if (action.kind == ir::ObjectKind::sequence || alter.world.catalog.find_sequence(action.table.value) != nullptr) {
    const catalog::Sequence* sequence = alter.world.catalog.find_sequence(action.table.value);
    const bool logged = action.action == TableAction::set_logged || action.action == TableAction::set_unlogged;
    if (logged && !holds(Fact::unlogged_sequences, alter.version()))
      gather.fail("42809", "this server has no unlogged sequences");
    return gather.lock(sequence != nullptr ? sequence->name : alter.target.name, access_exclusive,
                       RelationSort::sequence);
  }
  const bool triggers = action.action == TableAction::enable_trigger || action.action == TableAction::disable_trigger;
  const bool down =
      row.recurse || (triggers && alter.draft.kind == RelationKind::partitioned_table && has_triggers(alter.draft));
  alter.lock(gather, lock, down && !action.only);
  if (action.action == TableAction::set_logged) set_persistence(alter, gather, ir::Persistence::permanent);
  if (action.action == TableAction::set_unlogged) set_persistence(alter, gather, ir::Persistence::unlogged);
  if (action.action == TableAction::set_tablespace) set_tablespace(alter, gather, action);
  if (action.action == TableAction::set_access_method) set_access_method(alter, gather, action);
  if (action.action == TableAction::set_storage) set_storage(alter, gather, action);
  if (action.action == TableAction::set_identity) {
    for (const catalog::Sequence* sequence : alter.world.owned_sequences(alter.draft, action.detail.value)) {
      gather.lock(sequence->name, share_row_exclusive, RelationSort::sequence);
    }
  }
  if (action.action == TableAction::owner_to) {
    for (const catalog::Sequence* sequence : alter.world.owned_sequences(alter.draft))
      gather.lock(sequence->name, access_exclusive, RelationSort::sequence);
  }
}

}  // namespace whimbrel::facts
