// What differs between server versions, as data: each fact holds from `since` to `until` (both inclusive).
#pragma once

#include <cstdint>

#include "whimbrel/base/lock_mode.h"

namespace whimbrel::facts {

/// A behaviour that some versions have and others have not. Named for what is true where it holds.
enum class Fact : std::uint8_t {
  fast_default,               ///< a constant default of a new column is kept in the catalog
  defaults_are_planned,       ///< a default is simplified (COALESCE, CASE, inlining) before it is called volatile
  collate_is_a_relabel,       ///< expr COLLATE c of USING is simplified to a no-op
  utc_timestamps_are_binary,  ///< timestamp ↔ timestamptz is free in a session whose zone is always UTC
  check_proves_not_null,
  not_null_constraints,    ///< NOT NULL is a constraint with a name and can be NOT VALID
  attach_keeps_writers,    ///< ATTACH PARTITION takes SHARE UPDATE EXCLUSIVE on the parent
  detach_locks_partition,  ///< DETACH takes ACCESS EXCLUSIVE on the partition, not SHARE UPDATE EXCLUSIVE
  partitioned_indexes,
  partitioned_index_has_file,  ///< the index of a partitioned table gets a (bare) file of its own
  default_partitions,
  fk_from_partitioned,
  fk_to_partitioned,
  fk_not_valid_on_partitioned,
  index_constraint_locks_partitions,  ///< ADD PRIMARY KEY | UNIQUE on a partitioned table: ACCESS EXCLUSIVE on
                                      ///< partitions, not SHARE
  identity_recurses,
  reindex_partitioned,
  reindex_partitioned_index_error,
  cluster_partitioned,
  rename_index_keeps_readers,
  attach_index_keeps_readers,      ///< ALTER INDEX … ATTACH PARTITION: SHARE UPDATE EXCLUSIVE on the parent index
  generated_dropped_with_base,     ///< DROP COLUMN drops generated columns over it without CASCADE
  generated_base_is_syntax_error,  ///< ALTER TYPE of a generated column's base: 42601, else 0A000
  default_locks_sequence,          ///< storing DEFAULT nextval(…) opens the sequence
  unlogged_sequences,
  grant_locks_table,
  statistics_drop_locks_table,
  truncate_opens_parent,  ///< TRUNCATE of a partition takes ACCESS SHARE on its parent
  enum_add_in_transaction,
  enum_new_value_of_own_type_refused,  ///< a value added in this transaction to a type that it made itself cannot be used
  partitioned_logging_refused,         ///< SET LOGGED | UNLOGGED of a partitioned table is an error, not without effect
  partitioned_options_are_42809,       ///< storage parameters of a partitioned table: 42809, else 22023
  no_inherit_locks_children,           ///< ADD CHECK … NO INHERIT locks the children, too
  lock_table_of_view,
  procedures_commit,         ///< DO and CALL may commit
  check_enforcement_alters,  ///< ALTER CONSTRAINT … [NOT] ENFORCED works for CHECK
  virtual_expression_with_check,
  merge,
  column_in_default_is_0a000,  ///< a column reference in DEFAULT: 0A000, else 42P10
  expression_statistics,
  trigger_rename_recurses,  ///< ALTER TRIGGER … RENAME on a partitioned table renames those of the partitions
  partitioned_publication,
  partition_adopts_keys_strongly,  ///< a new partition of a table with foreign keys: SHARE ROW EXCLUSIVE on the
                                   ///< referenced table
  new_partition_locks_referrers,   ///< of a table that is referenced: SHARE ROW EXCLUSIVE on the referencing table, not
                                   ///< ACCESS SHARE
  analyze_locks_children,  ///< ANALYZE of an inheritance parent takes its own lock on children, not ACCESS SHARE
  partition_keys_always_verified,  ///< ADD COLUMN … REFERENCES reads the partitions
  detach_concurrently,
};

struct FactRow {
  Fact fact;
  int since;
  int until;
  const char* evidence;  ///< an oracle row
};

inline constexpr int kForever = 99;
inline constexpr FactRow kFacts[] = {
    {Fact::fast_default, 11, kForever, "add_column.default_const_not_null"},
    {Fact::defaults_are_planned, 12, kForever, "add_column.default_f_volatile_sql_inlinable"},
    {Fact::collate_is_a_relabel, 14, kForever, "eval_const_expressions, CollateExpr"},
    {Fact::utc_timestamps_are_binary, 12, kForever, "alter_type.timestamp__timestamptz.tz_utc"},
    {Fact::check_proves_not_null, 12, kForever, "set_not_null.valid_check"},
    {Fact::not_null_constraints, 18, kForever, "not_null_constraint.plain"},
    {Fact::attach_keeps_writers, 12, kForever, "attach.not_valid_check"},
    {Fact::detach_locks_partition, 14, kForever, "detach.plain"},
    {Fact::partitioned_indexes, 11, kForever, "pk.partitioned"},
    {Fact::partitioned_index_has_file, 10, 11, "alter_type.partitioned_varchar_text_indexed"},
    {Fact::default_partitions, 11, kForever, "attach.no_check_with_default_partition"},
    {Fact::fk_from_partitioned, 11, kForever, "fk.from_partitioned"},
    {Fact::fk_to_partitioned, 12, kForever, "fk.to_partitioned"},
    {Fact::fk_not_valid_on_partitioned, 18, kForever, "validate.partitioned_fk"},
    {Fact::index_constraint_locks_partitions, 18, kForever, "pk.partitioned"},
    {Fact::identity_recurses, 17, kForever, "identity.partitioned_add"},
    {Fact::reindex_partitioned, 14, kForever, "reindex.partitioned_table"},
    {Fact::reindex_partitioned_index_error, 10, 13, "reindex.partitioned_index"},
    {Fact::cluster_partitioned, 15, kForever, "maint.cluster_partitioned"},
    {Fact::rename_index_keeps_readers, 12, kForever, "rename.index_via_alter_table"},
    {Fact::attach_index_keeps_readers, 12, kForever, "create_index.only_then_attach_all"},
    {Fact::generated_dropped_with_base, 12, 14, "drop_column.generated_dependency"},
    {Fact::generated_base_is_syntax_error, 12, 14, "alter_type.generated_base"},
    {Fact::default_locks_sequence, 17, kForever, "set_default.nextval"},
    {Fact::unlogged_sequences, 15, kForever, "set_unlogged.with_identity"},
    {Fact::grant_locks_table, 18, kForever, "grant.grant_select"},
    {Fact::statistics_drop_locks_table, 12, kForever, "statistics.drop"},
    {Fact::truncate_opens_parent, 10, 13, "partition.truncate_partition"},
    {Fact::enum_add_in_transaction, 12, kForever, "enum.add_value"},
    {Fact::enum_new_value_of_own_type_refused, 12, 16, "tx.enum_new_value_of_new_type"},
    {Fact::partitioned_logging_refused, 18, kForever, "tree.partitioned_set_unlogged"},
    {Fact::partitioned_options_are_42809, 16, kForever, "tree.partitioned_fillfactor"},
    {Fact::no_inherit_locks_children, 18, kForever, "tree.inherited_check_no_inherit"},
    {Fact::lock_table_of_view, 11, kForever, "maint.lock_view"},
    {Fact::procedures_commit, 11, kForever, "obj.do_block_commit"},
    {Fact::check_enforcement_alters, 19, kForever, "alter_constraint.check_not_enforced"},
    {Fact::virtual_expression_with_check, 19, kForever, "generated.set_expression_virtual_with_check"},
    {Fact::merge, 15, kForever, "dml.merge"},
    {Fact::column_in_default_is_0a000, 12, kForever, "add_column.default_column_ref_error"},
    {Fact::expression_statistics, 14, kForever, "statistics.create_expression"},
    {Fact::trigger_rename_recurses, 15, kForever, "more.rename_trigger_partitioned"},
    {Fact::partitioned_publication, 13, kForever, "more.publication_partitioned"},
    {Fact::partition_adopts_keys_strongly, 12, kForever, "more.create_partition_fk_out"},
    {Fact::new_partition_locks_referrers, 15, kForever, "more.create_partition_of_referenced"},
    {Fact::analyze_locks_children, 18, kForever, "measured: ANALYZE inh_parent"},
    {Fact::partition_keys_always_verified, 11, 11, "more.add_column_references_partitioned"},
    {Fact::detach_concurrently, 14, kForever, "detach.concurrently"},
};

/// Whether the fact holds on a server of this major version.
constexpr bool holds(Fact fact, int version) {
  for (const FactRow& row : kFacts) {
    if (row.fact == fact) return row.since <= version && version <= row.until;
  }
  return false;
}

/// A lock that differs by a fact.
constexpr LockMode lock_if(Fact fact, int version, LockMode where_it_holds, LockMode elsewhere) {
  return holds(fact, version) ? where_it_holds : elsewhere;
}

}  // namespace whimbrel::facts
