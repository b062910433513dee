// What the operations' files share: constraints, indexes, columns and relations as parts of several statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "change.h"

namespace whimbrel::catalog {

// ---- indexes.cpp ----
/// Puts the index into the catalog and on its table; the caller has made sure that the name is free.
void add_index(Change& change, Index index);
/// Gives each partition of the index's table its part of it, an index that fits is taken.
void spread_index(Change& change, const QualifiedName& index);
/// The same for one partition.
void ensure_partition_index(Change& change, const QualifiedName& index, const QualifiedName& partition);
/// Takes an index and its parts on partitions out, not the constraint that it backs.
void remove_index(Change& change, const QualifiedName& index);
/// Moves an index to another name (and schema), the table and the constraint that it backs follow.
void move_index(Change& change, const QualifiedName& from, const QualifiedName& to);
/// A partitioned index whose partitions all have a valid part becomes valid, and then the one above it.
void validate_partitioned_index(Change& change, const QualifiedName& index);

// ---- constraints.cpp ----
/// CREATE TABLE takes NOT VALID for valid, there is nothing to check; ALTER TABLE goes down to partitions and children.
enum class Occasion : std::uint8_t { create_table, alter_table };
void add_constraint(Change& change, const QualifiedName& table, const ir::Constraint& written, Occasion occasion,
                    bool only = false);
/// A copy of the parent's foreign key for a partition; one that says the same is taken.
void ensure_partition_foreign_key(Change& change, const Constraint& parent, const QualifiedName& partition);
/// A parent's CHECK on its child: merged with one of the same name.
void inherit_check(Change& change, const Constraint& parent, const QualifiedName& child);
/// 18 keeps NOT NULL as a constraint; this is the name that it chooses where none is written. It stays when table or column are renamed.
void name_not_null(const Catalog& catalog, const QualifiedName& table, Column& column);
/// The name that PostgreSQL 18 knows the column's NOT NULL by; where the catalog keeps none, the one that it would choose. Empty: there is none.
std::string not_null_name_of(const Catalog& catalog, const QualifiedName& table, const Column& column);
void set_not_null(Change& change, const QualifiedName& table, std::string_view column, Tri not_null, bool recurse);

// ---- columns.cpp ----
/// A column without its constraints; serial and identity get their sequence.
Column make_column(Change& change, const QualifiedName& table, const ir::ColumnDef& written);
void make_owned_sequence(Change& change, const QualifiedName& table, Column& column, ir::Persistence persistence);
/// A type as format_type() would spell it: the schema only where the name alone would not find it.
ir::TypeName stored_type(const Catalog& catalog, ir::TypeName type);

// ---- remove.cpp ----
/// Takes an index out, and the foreign keys that rest on nothing else, as with CASCADE.
void drop_index(Change& change, const QualifiedName& index);
/// Takes a relation out with its indexes, owned sequences, partitions; foreign keys and views that need it follow.
void remove_relation(Change& change, const QualifiedName& relation);
void remove_column(Change& change, const QualifiedName& table, std::string_view column);
void remove_constraint(Change& change, const QualifiedName& table, std::string_view constraint);
void remove_sequence(Change& change, const QualifiedName& sequence);
/// Columns of this type, in all tables.
void remove_columns_of_type(Change& change, const QualifiedName& type);

// ---- statistics.cpp ----
/// RENAME TO another name, or SET SCHEMA to another schema; the empty one of both stays.
void move_statistics(Change& change, const QualifiedName& written, const std::string& schema, const std::string& name);

// ---- rename.cpp ----
/// Moves a relation to another name or schema with all that refers to it.
void move_relation(Change& change, const QualifiedName& from, const QualifiedName& to);
void move_sequence(Change& change, const QualifiedName& from, const QualifiedName& to);
void move_type(Change& change, const QualifiedName& from, const QualifiedName& to);

// ---- partitions.cpp ----
/// Makes `child` a partition or child of `parent`, both known, without checking columns; constraints and indexes
/// follow.
void link_child(Change& change, const QualifiedName& parent, const QualifiedName& child);
/// What a new partition takes over from its parent: CHECKs, indexes and keys, foreign keys.
void clone_to_partition(Change& change, const QualifiedName& parent, const QualifiedName& partition);

// ---- types.cpp ----
std::string constraint_name_for_domain(const Catalog& catalog, const QualifiedName& domain,
                                       const ir::Constraint& written);

}  // namespace whimbrel::catalog
