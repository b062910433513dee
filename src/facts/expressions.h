// Small questions about expressions: constants, columns, what a function's body comes to.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "whimbrel/catalog/objects.h"
#include "whimbrel/ir/expr.h"

namespace whimbrel::facts {

/// A literal, with casts and signs around it, or an array of such: evaluated while planning.
bool is_constant(const ir::Expr& expr);
/// NULL, also cast.
bool is_null_constant(const ir::Expr& expr);
/// The truth value where constants alone decide it: `true`, `1 = 1` is not looked into. NULL counts as false.
std::optional<bool> constant_truth(const ir::Expr& expr);
/// Columns that the expression names, last part only.
std::set<std::string> columns_of(const ir::Expr& expr);
bool names_column(const ir::Expr& expr, std::string_view column);
/// The sequences' names as written in nextval('…'), setval, currval, also with ::regclass.
std::set<std::string> nextval_targets(const ir::Expr& expr);
/// A SQL function whose body is `SELECT constant`: the planner puts the constant in place of the call.
bool is_inlined_constant(const catalog::Function& function);

}  // namespace whimbrel::facts
