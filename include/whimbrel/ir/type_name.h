// Data types as PostgreSQL's format_type() spells them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whimbrel::ir {

/// A type as written, canonical: "integer" for int, int4 and serial; "character varying" for varchar.
/// A user's type keeps its (schema and) name. `name` "" means: not known (an opaque type of a Python project).
struct TypeName {
  std::string schema;                  ///< empty for built-in types and unqualified names
  std::string name;                    ///< "timestamp with time zone", "numeric", "mood"
  std::vector<std::int32_t> typmods;   ///< as written: {10, 2} for numeric(10,2), {3} for timestamp(3)
  std::string fields;                  ///< interval fields: "day to second"
  std::uint8_t dimensions = 0;         ///< 1 or more for arrays (PostgreSQL does not enforce the number)

  [[nodiscard]] bool known() const { return !name.empty(); }
  friend bool operator==(const TypeName&, const TypeName&) = default;
};

/// The canonical spelling of a built-in type: "int4" → "integer", "varchar" → "character varying", "bpchar" and "char" →
/// "character", "timestamptz" → "timestamp with time zone", "float8" → "double precision", `"char"` stays `"char"`.
/// A name that is not built in is returned as it is.
std::string canonical_type_name(std::string_view name);
/// Whether the name (canonical) is one of PostgreSQL's own types in pg_catalog.
bool is_builtin_type(std::string_view canonical);
/// As format_type(oid, typmod): "character varying(20)", "timestamp(3) without time zone", "numeric(10,2)[]".
std::string to_sql(const TypeName& type);

}  // namespace whimbrel::ir
