// The schema that a revision finds and changes as it goes.
#include "database.h"

#include <algorithm>

#include "naming.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::alembic {

namespace {

constexpr unsigned kDeepest = 50;   ///< bodies inside bodies

Tri known(bool found, bool exact, bool knows_all) {
  if (found) return exact ? Tri::yes : Tri::unknown;
  return knows_all ? Tri::no : Tri::unknown;
}

}  // namespace

void Database::catch_up(const std::vector<ir::Statement>& statements) {
  for (; caught_up_ < statements.size(); ++caught_up_) {
    ir::Statement statement = statements[caught_up_];
    give_names(statement, surroundings_.naming_convention);
    apply(statement, statement.runs, 0);
  }
}

void Database::apply(const ir::Statement& statement, Tri runs, unsigned depth) {
  for (const ir::Step& step : statement.steps) catalog::apply(catalog_, step, {}, runs);
  if (depth >= kDeepest) return;
  for (const ir::Statement& inner : statement.body) apply(inner, runs && inner.runs, depth + 1);
}

bool Database::knows_all(std::string_view schema) const {
  const auto& relations = catalog_.relations();
  // A history that has made nothing yet may begin on a database that is in use.
  return catalog_.complete() && relations.begin() != relations.end() &&
         std::none_of(relations.begin(), relations.end(), [&](const auto& entry) { return entry.second->presumed && entry.first.schema == schema; });
}

Tri Database::has_relation(const ir::QualifiedName& name) const {
  const catalog::Relation* relation = catalog_.find_relation(name);
  return known(relation != nullptr, relation != nullptr && relation->exact, knows_all(catalog_.resolve(name).schema));
}

Tri Database::has_sequence(const ir::QualifiedName& name) const {
  const catalog::Sequence* sequence = catalog_.find_sequence(name);
  return known(sequence != nullptr, sequence != nullptr && sequence->exact, knows_all(catalog_.resolve(name).schema));
}

Tri Database::has_type(const ir::QualifiedName& name) const {
  const catalog::Type* type = catalog_.find_type(name);
  return known(type != nullptr, type != nullptr && type->exact, knows_all(catalog_.resolve(name).schema));
}

const catalog::Relation* Database::exact_relation(const ir::QualifiedName& name) const {
  const catalog::Relation* relation = catalog_.find_relation(name);
  return relation != nullptr && relation->exact && catalog_.complete() ? relation : nullptr;
}

}  // namespace whimbrel::alembic
