// Column names inside expressions: found, and renamed in a copy.
#include "expressions.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace whimbrel::catalog {

namespace {

bool is_reference(const ir::Expr& expr) {
  return expr.kind == ir::ExprKind::column && !expr.names.empty() && expr.names.back() != "*";
}

}  // namespace

std::vector<std::string> columns_of(const ir::Expr& expr) {
  std::vector<std::string> columns;
  ir::for_each_node(expr, [&](const ir::Expr& node) {
    if (is_reference(node) && std::ranges::find(columns, node.names.back()) == columns.end())
      columns.push_back(node.names.back());
  });
  return columns;
}

bool names_column(const ExprPtr& expr, std::string_view column) {
  if (!expr) return false;
  bool found = false;
  ir::for_each_node(
      *expr, [&](const ir::Expr& node) { found = found || (is_reference(node) && node.names.back() == column); });
  return found;
}

ExprPtr rewritten(const ExprPtr& expr, const std::function<std::shared_ptr<ir::Expr>(const ir::Expr&)>& edit) {
  if (!expr) return expr;
  std::shared_ptr<ir::Expr> copy;
  for (std::size_t i = 0; i < expr->args.size(); ++i) {
    ExprPtr argument = rewritten(expr->args[i], edit);
    if (argument == expr->args[i]) continue;
    if (!copy) copy = std::make_shared<ir::Expr>(*expr);
    copy->args[i] = std::move(argument);
  }
  if (std::shared_ptr<ir::Expr> edited = edit(copy ? *copy : *expr)) return edited;
  if (copy) return copy;
  return expr;
}

ExprPtr with_column_renamed(const ExprPtr& expr, std::string_view from, std::string_view to) {
  return rewritten(expr, [&](const ir::Expr& node) -> std::shared_ptr<ir::Expr> {
    if (!is_reference(node) || node.names.back() != from) return nullptr;
    auto renamed = std::make_shared<ir::Expr>(node);
    renamed->names.back() = to;
    return renamed;
  });
}

ExprPtr next_value_of(const std::string& sequence) {
  auto name = std::make_shared<ir::Expr>();
  name->kind = ir::ExprKind::string;
  name->text = sequence;
  auto cast = std::make_shared<ir::Expr>();
  cast->kind = ir::ExprKind::cast;
  cast->type.name = "regclass";
  cast->args.push_back(std::move(name));
  auto call = std::make_shared<ir::Expr>();
  call->kind = ir::ExprKind::call;
  call->name.name = "nextval";
  call->args.push_back(std::move(cast));
  return call;
}

}  // namespace whimbrel::catalog
