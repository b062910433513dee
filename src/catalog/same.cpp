// Whether pieces of the catalog are the same before and after, as far as that can be told.
#include "same.h"

#include <algorithm>
#include <optional>
#include <string>

#include "whimbrel/base/text.h"

namespace whimbrel::catalog {

namespace {

Tri both(Tri left, Tri right) { return left && right; }

/// A constant's text without its casts, as the server would store it: 'f'::boolean and false are one value.
std::optional<std::string> constant_text(const ir::Expr& expr) {
  switch (expr.kind) {
    case ir::ExprKind::cast:
      return expr.args.size() == 1 && expr.args[0] ? constant_text(*expr.args[0]) : std::nullopt;
    case ir::ExprKind::string:
      if (equals_ignoring_case(expr.text, "t") || equals_ignoring_case(expr.text, "true")) return "true";
      if (equals_ignoring_case(expr.text, "f") || equals_ignoring_case(expr.text, "false")) return "false";
      return expr.text;
    case ir::ExprKind::number:
    case ir::ExprKind::boolean:
      return expr.text;
    case ir::ExprKind::null:
    case ir::ExprKind::column:
    case ir::ExprKind::parameter:
    case ir::ExprKind::call:
    case ir::ExprKind::op:
    case ir::ExprKind::logic_and:
    case ir::ExprKind::logic_or:
    case ir::ExprKind::logic_not:
    case ir::ExprKind::is_null:
    case ir::ExprKind::is_not_null:
    case ir::ExprKind::boolean_test:
    case ir::ExprKind::collate:
    case ir::ExprKind::case_when:
    case ir::ExprKind::array:
    case ir::ExprKind::row:
    case ir::ExprKind::subscript:
    case ir::ExprKind::subquery:
    case ir::ExprKind::opaque:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_modelled(const ir::Expr& expr) {
  bool modelled = true;
  ir::for_each_node(expr, [&](const ir::Expr& node) {
    if (node.kind == ir::ExprKind::opaque || node.kind == ir::ExprKind::subquery || node.kind == ir::ExprKind::parameter)
      modelled = false;
  });
  return modelled;
}

const ir::Expr& without_casts(const ir::Expr& expr) {
  const ir::Expr* inner = &expr;
  while (inner->kind == ir::ExprKind::cast && inner->args.size() == 1 && inner->args[0]) inner = inner->args[0].get();
  return *inner;
}

/// Depth is bounded by the parser.
bool same_without_casts(const ir::Expr& left, const ir::Expr& right) {
  const ir::Expr& one = without_casts(left);
  const ir::Expr& other = without_casts(right);
  if ((one.args.empty() && one.kind != ir::ExprKind::call) || one.kind != other.kind || one.args.size() != other.args.size()) return ir::same_meaning(one, other);
  if (one.text != other.text || one.name.name != other.name.name || one.names != other.names) return false;
  return std::ranges::equal(one.args, other.args, [](const ExprPtr& a, const ExprPtr& b) {
    return a && b ? same_without_casts(*a, *b) : !a && !b;
  });
}

Tri same_key(const IndexColumn& left, const IndexColumn& right) {
  if (left.column != right.column || left.collation != right.collation || left.opclass != right.opclass ||
      left.descending != right.descending || left.nulls_first != right.nulls_first)
    return Tri::no;
  return same_expression(left.expr, right.expr);
}

/// `NULL` as a default is none.
bool is_nothing(const ExprPtr& expr) { return !expr || expr->kind == ir::ExprKind::null; }

std::string without_blanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') result += c;
  }
  return result;
}

}  // namespace

Tri same_expression(const ExprPtr& left, const ExprPtr& right) {
  if (is_nothing(left) || is_nothing(right)) return to_tri(is_nothing(left) == is_nothing(right));
  if (left == right || ir::same_meaning(*left, *right) || ir::to_sql(*left) == ir::to_sql(*right)) return Tri::yes;
  if (!is_modelled(*left) || !is_modelled(*right)) return Tri::unknown;
  const auto one = constant_text(*left);
  const auto other = constant_text(*right);
  if (one && other) return to_tri(*one == *other);
  // The server adds casts of its own: url and url::text may well be one expression.
  return same_without_casts(*left, *right) ? Tri::unknown : Tri::no;
}

Tri same_type(const ir::TypeName& left, const ir::TypeName& right) {
  if (!left.known() || !right.known()) return Tri::unknown;
  const bool schemas = left.schema.empty() || right.schema.empty() || left.schema == right.schema;
  return to_tri(left.name == right.name && schemas && left.typmods == right.typmods && left.fields == right.fields &&
                (left.dimensions != 0) == (right.dimensions != 0));
}

Tri same_constraint(const Constraint& left, const Constraint& right) {
  const bool plain = left.kind == right.kind && left.references == right.references && left.on_delete == right.on_delete &&
                     left.on_update == right.on_update && left.operators == right.operators &&
                     left.enforced == right.enforced && left.no_inherit == right.no_inherit &&
                     left.deferrable == right.deferrable && left.initially_deferred == right.initially_deferred;
  if (!plain) return Tri::no;
  if (left.kind == ir::ConstraintKind::check) return same_expression(left.expr, right.expr);
  if (left.columns != right.columns) return Tri::no;
  if (left.referenced_columns == right.referenced_columns) return Tri::yes;
  return left.referenced_columns.empty() || right.referenced_columns.empty() ? Tri::unknown : Tri::no;
}

Tri same_index(const Index& left, const Index& right) {
  const bool plain = left.method == right.method && left.unique == right.unique &&
                     left.nulls_not_distinct == right.nulls_not_distinct && left.including == right.including &&
                     left.columns.size() == right.columns.size() && left.tablespace == right.tablespace &&
                     same_options(left.options, right.options);
  if (!plain) return Tri::no;
  Tri same = same_expression(left.predicate, right.predicate);
  for (std::size_t i = 0; i < left.columns.size(); ++i) same = both(same, same_key(left.columns[i], right.columns[i]));
  return same;
}

bool same_options(const std::vector<ir::Option>& left, const std::vector<ir::Option>& right) {
  const auto same = [](const ir::Option& one, const ir::Option& other) {
    return one.name == other.name && one.value == other.value;
  };
  return std::ranges::is_permutation(left, right, same);
}

bool same_body(const Function& left, const Function& right) { return without_blanks(left.body) == without_blanks(right.body); }

}  // namespace whimbrel::catalog
