// The names that PostgreSQL gives to what a statement leaves unnamed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/catalog/catalog.h"
#include "whimbrel/ir/server_limits.h"

namespace whimbrel::catalog {

/// NAMEDATALEN - 1: the longest name in bytes (manual, "Identifiers and Key Words").

/// A name as the server stores it: cut to 63 bytes at a character's border.
std::string clip_name(std::string_view name, std::size_t bytes = ir::kLongestIdentifier);

/// makeObjectName() of indexcmds.c: "<first>_<second>_<label>", the longer of the two names shortened first until it
/// fits. `second` and `label` may be empty.
std::string make_object_name(std::string_view first, std::string_view second, std::string_view label);

/// ChooseRelationName(): numbered ("users_email_key1") until no relation of the schema, and no constraint if asked for,
/// has it.
std::string choose_relation_name(const Catalog& catalog, const std::string& schema, std::string_view first,
                                 std::string_view second, std::string_view label, bool is_constraint);

/// ChooseConstraintName(): numbered until no constraint of the schema has it. Used for CHECK, FOREIGN KEY and NOT NULL.
std::string choose_plain_constraint_name(const Catalog& catalog, const std::string& schema, std::string_view first,
                                         std::string_view second, std::string_view label);

/// The column names of an index, expressions by FigureIndexColname(), made different: "lower", "expr", "expr1".
std::vector<std::string> index_column_names(const std::vector<IndexColumn>& columns,
                                            const std::vector<std::string>& including);
/// They as the middle of a name: "a_b_lower".
std::string name_addition(const std::vector<std::string>& columns);

/// What an unnamed index is called.
enum class IndexNaming : unsigned char { plain, primary_key, unique, exclusion };
IndexNaming naming_of(ir::ConstraintKind kind);
std::string choose_index_name(const Catalog& catalog, const QualifiedName& table, const Index& index,
                              IndexNaming naming);

/// The sequence of a serial or identity column: "<table>_<column>_seq".
std::string choose_sequence_name(const Catalog& catalog, const QualifiedName& table, std::string_view column);

}  // namespace whimbrel::catalog
