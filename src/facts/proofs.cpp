// SET NOT NULL without a scan: what CHECKs and keys prove about NULL.
#include "proofs.h"

#include <algorithm>

#include "expressions.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {

using ir::ExprKind;

namespace {

bool is_column(const ir::ExprPtr& expr, std::string_view column) {
  return expr && expr->kind == ExprKind::column && !expr->names.empty() && expr->names.back() == column;
}

bool says_null(const ir::Expr& expr, std::string_view column) {
  return expr.kind == ExprKind::is_null && !expr.args.empty() && is_column(expr.args[0], column);
}

/// `c IS DISTINCT FROM NULL`, which the parser does not fold: set_not_null.check_in_other_form.
bool is_distinct_from_null(const ir::Expr& expr, std::string_view column) {
  if (expr.kind != ExprKind::op || expr.text != "IS DISTINCT FROM" || expr.args.size() != 2 || !expr.args[0] ||
      !expr.args[1])
    return false;
  return (is_column(expr.args[0], column) && is_null_constant(*expr.args[1])) ||
         (is_column(expr.args[1], column) && is_null_constant(*expr.args[0]));
}

}  // namespace

bool says_not_null(const ir::Expr& expr, std::string_view column) {
  const auto says = [column](const ir::ExprPtr& arg) { return arg && says_not_null(*arg, column); };
  if (expr.kind == ExprKind::is_not_null) return !expr.args.empty() && is_column(expr.args[0], column);
  if (expr.kind == ExprKind::logic_not) return !expr.args.empty() && expr.args[0] && says_null(*expr.args[0], column);
  if (expr.kind == ExprKind::logic_and) return std::ranges::any_of(expr.args, says);
  if (expr.kind == ExprKind::logic_or) return !expr.args.empty() && std::ranges::all_of(expr.args, says);
  return is_distinct_from_null(expr, column);
}

/// Rows set_not_null.*: NOT VALID and NOT ENFORCED constraints prove nothing.
Tri proves_not_null(const catalog::Relation& table, std::string_view column, std::string* by) {
  for (const catalog::Constraint& constraint : table.constraints) {
    if (!constraint.validated || !constraint.enforced) continue;
    const bool key =
        constraint.kind == ir::ConstraintKind::primary_key || constraint.kind == ir::ConstraintKind::not_null;
    const bool proves = key ? std::ranges::find(constraint.columns, column) != constraint.columns.end()
                            : constraint.kind == ir::ConstraintKind::check && constraint.expr &&
                                  says_not_null(*constraint.expr, column);
    if (!proves) continue;
    if (by != nullptr) *by = constraint.name;
    return Tri::yes;
  }
  return table.exact ? Tri::no : Tri::unknown;
}

}  // namespace whimbrel::facts
