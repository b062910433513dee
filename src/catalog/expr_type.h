// The type of an expression, and the columns of a query.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

/// What a column reference means: its names are [table,] column. Not known: a type without a name.
using ColumnTypes = std::function<ir::TypeName(const std::vector<std::string>&)>;

/// As the server would type it; a constant whose type is open is "unknown". Not known: a type without a name.
ir::TypeName type_of(const Catalog& catalog, const ir::Expr& expr, const ColumnTypes& columns);
/// The type that UNION, CASE, COALESCE and ARRAY find for two (manual, "UNION, CASE, and Related Constructs").
ir::TypeName common_type(const ir::TypeName& left, const ir::TypeName& right);

/// The columns of the query's result with names and types, as those of a view. Nothing where a star stands for what is not known.
std::optional<std::vector<Column>> columns_of(const Catalog& catalog, const ir::SelectShape& shape);

}  // namespace whimbrel::catalog
