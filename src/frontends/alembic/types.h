// SQLAlchemy's types as PostgreSQL prints them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "whimbrel/ir/names.h"
#include "whimbrel/ir/type_name.h"
#include "whimbrel/python/value.h"

namespace whimbrel::alembic {

using python::Value;

/// A native enum, which SQLAlchemy creates together with a table that uses it.
struct EnumType {
  ir::RelationName name;
  std::vector<ir::Name> labels;
  bool labels_known = true;
  bool create_type = true;
};

/// `type` is unknown ("") where `problem` says why.
struct TypeReading {
  ir::TypeName type;
  std::string collation;
  std::optional<EnumType> enum_type;   ///< also inside an array
  std::string problem;
};

/// A type that a class of the project names by itself (get_col_spec): a call of this path with the name.
inline constexpr std::string_view kNamedType = ":type";

/// A type class or instance: sa.Integer, sa.String(20), postgresql.ARRAY(sa.Text()), sqlmodel's AutoString().
TypeReading read_type(const Value& value);
/// Whether the value looks like a type and not like a schema item (ForeignKey, Identity …).
bool is_type(const Value& value);

}  // namespace whimbrel::alembic
