// Indexes as values: read from what was written, and compared.
#include "index_parts.h"

#include <algorithm>

#include "names.h"

namespace whimbrel::catalog {

namespace {

bool same_expr(const ExprPtr& left, const ExprPtr& right) {
  return (!left && !right) || (left && right && ir::same_meaning(*left, *right));
}

bool same_column(const IndexColumn& left, const IndexColumn& right) {
  return left.column == right.column && same_expr(left.expr, right.expr) && left.collation == right.collation &&
         left.opclass == right.opclass;
}

}  // namespace

Index index_from(const ir::op::CreateIndex& written) {
  Index index;
  index.method = written.method.empty() ? "btree" : written.method;
  index.unique = written.unique;
  index.nulls_not_distinct = written.nulls_not_distinct;
  index.predicate = written.predicate;
  index.options = written.options;
  index.tablespace = written.tablespace;
  for (const ir::IndexElement& element : written.elements) {
    IndexColumn column;
    column.column = element.column;
    column.expr = element.expr;
    if (column.column.empty() && column.expr && column.expr->kind == ir::ExprKind::column &&
        !column.expr->names.empty()) {
      column.column = column.expr->names.back();  // "(email)" is the column, not an expression
      column.expr = nullptr;
    }
    column.collation = element.collation;
    column.opclass = element.opclass;
    column.descending = element.descending;
    column.nulls_first = element.nulls_first == Tri::unknown ? element.descending : element.nulls_first == Tri::yes;
    index.columns.push_back(std::move(column));
  }
  for (const ir::Name& name : written.including) index.including.push_back(name.value);
  return index;
}

Index index_from(const ir::Constraint& written) {
  Index index;
  if (written.kind == ir::ConstraintKind::exclusion) {
    index.method = written.method.empty() ? "btree" : written.method;
    index.predicate = written.expr;
  } else {
    index.unique = true;
    if (written.without_overlaps) index.method = "gist";
  }
  index.nulls_not_distinct = written.nulls_not_distinct;
  for (const ir::Name& name : written.columns) {
    IndexColumn column;
    column.column = name.value;
    if (index.columns.size() < written.opclasses.size()) column.opclass = written.opclasses[index.columns.size()];
    index.columns.push_back(std::move(column));
  }
  for (const ir::Name& name : written.including) index.including.push_back(name.value);
  return index;
}

bool same_definition(const Index& left, const Index& right) {
  return left.unique == right.unique && left.method == right.method && left.including == right.including &&
         left.nulls_not_distinct == right.nulls_not_distinct && same_expr(left.predicate, right.predicate) &&
         std::ranges::equal(left.columns, right.columns, same_column);
}

}  // namespace whimbrel::catalog
