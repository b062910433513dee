// From an operation to the function that applies it.
#include "whimbrel/catalog/apply.h"

#include <utility>

#include "apply_operation.h"

namespace whimbrel::catalog {

std::vector<Problem> apply(Catalog& catalog, const ir::Step& step, const Origin& when, Tri runs) {
  if (runs == Tri::no) return {};
  Change change(catalog, {when.part, when.transaction, step.span}, runs);
  std::visit([&](const auto& operation) { apply_operation(change, operation); }, step.operation);
  catalog.settle();
  return std::move(change.problems);
}

}  // namespace whimbrel::catalog
