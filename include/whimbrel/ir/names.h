// Names of database objects as PostgreSQL stores them: folded to lower case unless quoted, not yet resolved.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "whimbrel/base/span.h"

namespace whimbrel::ir {

/// `schema` is empty where the source did not write one; the catalog resolves it along search_path.
struct QualifiedName {
  std::string schema;
  std::string name;

  [[nodiscard]] bool empty() const { return name.empty(); }
  friend auto operator<=>(const QualifiedName&, const QualifiedName&) = default;
};

using Name = Located<std::string>;
using RelationName = Located<QualifiedName>;

/// An identifier as SQL must write it: quoted only where it has to be (upper case, odd characters, a reserved word).
std::string quote_identifier(std::string_view name);
/// `schema.name` or `name`, each part quoted where it must be.
std::string to_sql(const QualifiedName& name);
/// "a, b" with each quoted where it must be.
std::string to_sql(const std::vector<std::string>& columns);
std::string to_sql(const std::vector<Name>& columns);

}  // namespace whimbrel::ir
