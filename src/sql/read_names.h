// Names and types of the raw tree as those of the operations.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// `schema.table` with the bytes of the whole name. A catalog's name before the schema is left out.
ir::RelationName read_relation(const Reader& reader, const RangeVar* relation);
/// A list of String nodes.
ir::QualifiedName read_qualified(const Reader& reader, const List* names);
std::string last_name(const Reader& reader, const List* names);
/// All parts, joined by dots.
std::string joined_name(const Reader& reader, const List* names);
std::vector<std::string> read_strings(const Reader& reader, const List* names);
/// A list in parentheses that opens at `open`: `(a, b)`.
std::vector<ir::Name> read_name_list(const Reader& reader, const List* names, TokenIndex open);

ir::TypeName read_type(const Reader& reader, const ::TypeName* type);
Located<ir::TypeName> read_located_type(const Reader& reader, const ::TypeName* type);
/// Behind the type that begins at a token.
TokenIndex type_end(const Reader& reader, TokenIndex i);

/// Whether the token is YEAR, MONTH, DAY, HOUR, MINUTE or SECOND.
bool is_interval_field(const Reader& reader, TokenIndex i);

/// `name = value` as written.
ir::Option read_option(const Reader& reader, const DefElem* option);
std::vector<ir::Option> read_options(const Reader& reader, const List* options);
/// A constant of an option or of SET as its text.
std::string read_value(const Reader& reader, const ::Node* value);
std::string_view read_role(const RoleSpec* role);
bool option_is_true(const DefElem* option);

}  // namespace whimbrel::sql
