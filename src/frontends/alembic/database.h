// The schema that a revision finds and changes as it goes: what its questions to the database are answered from.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/catalog/catalog.h"
#include "whimbrel/frontend/front_end.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/python/value.h"

namespace whimbrel::alembic {

using python::Value;

/// Relations, types and the like by the names in a revision, with what is certain about them.
class Database {
 public:
  Database(catalog::Catalog& catalog, const frontend::Surroundings& surroundings) : catalog_(catalog), surroundings_(surroundings) {}

  /// Runs what the revision has said since the last call: it finds its own changes.
  void catch_up(const std::vector<ir::Statement>& statements);

  [[nodiscard]] const catalog::Catalog& catalog() const { return catalog_; }
  /// Whether there is a relation of that name; `schema` empty: along the search path.
  [[nodiscard]] Tri has_relation(const ir::QualifiedName& name) const;
  [[nodiscard]] Tri has_sequence(const ir::QualifiedName& name) const;
  [[nodiscard]] Tri has_type(const ir::QualifiedName& name) const;
  /// The relation, where all that it has is known.
  [[nodiscard]] const catalog::Relation* exact_relation(const ir::QualifiedName& name) const;
  /// Whether all that a schema holds is known: that something is not in the catalog proves that it is not there.
  [[nodiscard]] bool knows_all(std::string_view schema) const;

 private:
  void apply(const ir::Statement& statement, Tri runs, unsigned depth);

  catalog::Catalog& catalog_;
  const frontend::Surroundings& surroundings_;
  std::size_t caught_up_ = 0;
};

/// What SQLAlchemy's inspector, or a dialect's has_table() and its like, says to a question, as a value where that is certain; else why not.
/// `arguments` are those of the inspector's method: a dialect's first one, the connection, is not in them.
Value answer(const Database& database, std::string_view question, const python::Call& arguments, Span span);
/// Whether that is such a method.
bool is_question(std::string_view method);
/// A column's type as the inspector gives it: VARCHAR(length=20).
Value reflected_type(const catalog::Catalog& catalog, const ir::TypeName& type, Span span);

}  // namespace whimbrel::alembic
