// Questions about, and changes to, the column names inside an expression.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/catalog/objects.h"

namespace whimbrel::catalog {

/// The columns that the expression names, each once, in order of appearance; a qualifying table name is left out.
std::vector<std::string> columns_of(const ir::Expr& expr);
bool names_column(const ExprPtr& expr, std::string_view column);
/// The same tree with each node changed by `edit`, which gives the new node or null to leave it; parts first. The tree itself where
/// nothing changes.
ExprPtr rewritten(const ExprPtr& expr, const std::function<std::shared_ptr<ir::Expr>(const ir::Expr&)>& edit);
/// The same tree with references to `from` as references to `to`; the tree itself where there is none.
ExprPtr with_column_renamed(const ExprPtr& expr, std::string_view from, std::string_view to);
/// nextval('name'::regclass): the default of a serial column, as pg_get_expr() prints it.
ExprPtr next_value_of(const std::string& sequence);

}  // namespace whimbrel::catalog
