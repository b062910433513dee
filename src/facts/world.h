// The catalog as facts ask it: whom a statement touches besides the relation that it names.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gather.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {

/// A relation that a statement names. What the catalog does not know is presumed to exist: `object` is null.
struct Target {
  QualifiedName name;
  const catalog::Relation* object = nullptr;

  /// Whether all that matters of it is known.
  [[nodiscard]] bool exact() const { return object != nullptr && object->exact; }
  [[nodiscard]] bool is(catalog::RelationKind kind) const { return object != nullptr && object->kind == kind; }
};

/// A foreign key that points at a table.
using catalog::Referrer;

struct World {
  const catalog::Catalog& catalog;
  const Settings& settings;

  [[nodiscard]] int version() const { return settings.pg_version; }
  [[nodiscard]] Target target(const QualifiedName& name) const;
  [[nodiscard]] Target target(const ir::RelationName& name) const { return target(name.value); }
  /// IF EXISTS over a name that a history with tables of its own does not know: then it is taken for missing.
  [[nodiscard]] bool is_missing(const Target& target, bool if_exists) const;
  /// PostgreSQL's own relations are nobody's concern.
  [[nodiscard]] static bool is_system(const QualifiedName& name);

  /// The relation itself, its children and theirs, by name; depth first.
  [[nodiscard]] std::vector<QualifiedName> with_children(const QualifiedName& name) const;
  [[nodiscard]] std::vector<QualifiedName> children(const catalog::Relation& table) const;
  [[nodiscard]] const catalog::Relation* default_partition(const catalog::Relation& parent) const;
  /// Indexes of the relation, by name.
  [[nodiscard]] std::vector<const catalog::Index*> indexes(const catalog::Relation& table) const;
  /// The index and all that are attached below it.
  [[nodiscard]] std::vector<const catalog::Index*> with_attached(const catalog::Index& index) const;
  [[nodiscard]] std::vector<Referrer> referrers(const QualifiedName& table) const;
  /// Views and matviews over the relation, over these, and so on; by name.
  [[nodiscard]] std::vector<const catalog::Relation*> views_over(const QualifiedName& relation) const;
  /// Whether the view reads the column; unknown where its query was not read so far. `column_made`: the part that made the column, 0
  /// where that is not known.
  [[nodiscard]] static Tri reads_column(const catalog::Relation& view, const QualifiedName& table, std::string_view column,
                                        std::uint32_t column_made);
  /// Sequences that belong to the table (or only to the column).
  [[nodiscard]] std::vector<const catalog::Sequence*> owned_sequences(const catalog::Relation& table,
                                                                      std::string_view column = {}) const;
  /// Tables with a column of that type (domains over it count); arrays of it where `in_containers`.
  [[nodiscard]] std::vector<const catalog::Relation*> tables_of_type(const QualifiedName& type,
                                                                     bool in_containers) const;
};

/// Has a heap of its own: a table, partition or materialized view.
bool has_storage(const catalog::Relation& relation);
RelationSort sort_of(const catalog::Relation& relation);

/// Foreign keys: permanent tables point at permanent ones, unlogged ones at those and unlogged ones, temporary ones at
/// temporary ones.
bool can_reference(ir::Persistence table, ir::Persistence referenced);
/// Whether a unique key over the columns can be kept on a table partitioned so: it must hold every key column, and no
/// expression.
bool covers_partition_key(const ir::PartitionBy& partition_by, const std::vector<std::string>& columns);

/// Locks a relation and, where `recurse`, its children.
void lock_tree(Gather& gather, const World& world, const Target& target, LockMode mode, bool recurse = true);
/// A new heap: the table is read, written anew and its indexes are built. Partitioned tables have none: nothing.
void rewrite_table(Gather& gather, const World& world, const catalog::Relation& table, Cause cause,
                   Tri happens = Tri::yes);
/// The same for a target; one that is not known gets its heap and no index.
void rewrite_target(Gather& gather, const World& world, const Target& target, Cause cause, Tri happens = Tri::yes);
/// Reads a table in full; nothing for one without a heap.
void scan_target(Gather& gather, const Target& target, Cause cause, Tri happens = Tri::yes);

/// SHARE ROW EXCLUSIVE or ACCESS EXCLUSIVE on a table that a foreign key points at; a partitioned one with its
/// partitions.
void lock_referenced(Gather& gather, const World& world, const QualifiedName& table, LockMode mode);
/// What a query locks and reads: ACCESS SHARE on relations, through views; ROW SHARE for FOR UPDATE; ROW EXCLUSIVE on
/// what it writes.
void lock_query(Gather& gather, const World& world, const ir::Query& query, bool runs, Cause cause = Cause::query);
/// Sequences that the expression's nextval() opens.
void lock_sequences(Gather& gather, const World& world, const ir::Expr* expr, LockMode mode);
/// "seq", "s.seq" or "\"Seq\"" as a name.
QualifiedName parse_name(std::string_view text);

}  // namespace whimbrel::facts
