// Which foreign keys rest on which unique index.
#include <algorithm>

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

namespace {

bool covers(const Index& index, const std::vector<std::string>& columns) {
  return index.unique && !index.predicate && std::ranges::is_permutation(index.columns, columns, {}, &IndexColumn::column);
}

}  // namespace

std::vector<Referrer> keys_resting_on(const Catalog& catalog, const Index& index) {
  std::vector<Referrer> found;
  std::vector<std::string> columns;
  for (const IndexColumn& column : index.columns) columns.push_back(column.column);
  const Relation* table = catalog.find_relation(index.table);
  if (table == nullptr || !covers(index, columns)) return found;
  const bool has_other_key = std::ranges::any_of(table->indexes, [&](const QualifiedName& name) {
    const auto other = catalog.indexes().find(name);
    return name != index.name && other != catalog.indexes().end() && covers(*other->second, columns);
  });
  if (has_other_key) return found;
  for (const QualifiedName& name : catalog.referencing(table->name)) {
    const Relation* relation = catalog.find_relation(name);
    if (relation == nullptr) continue;
    for (const Constraint& key : relation->constraints) {
      const bool rests = key.kind == ir::ConstraintKind::foreign_key && key.references == table->name &&
                         std::ranges::is_permutation(key.referenced_columns, columns);
      if (rests) found.push_back({relation, &key});
    }
  }
  return found;
}

}  // namespace whimbrel::catalog
