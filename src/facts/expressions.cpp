// Small questions about expressions: constants, columns, what a function's body comes to.
#include "expressions.h"

#include <algorithm>
#include <array>

#include "whimbrel/base/text.h"

namespace whimbrel::facts {

using ir::ExprKind;

bool is_constant(const ir::Expr& expr) {
  const ir::Expr* inner = &expr;
  while ((inner->kind == ExprKind::cast || inner->kind == ExprKind::collate ||
          (inner->kind == ExprKind::op && inner->args.size() == 1)) &&
         !inner->args.empty() && inner->args[0]) {
    inner = inner->args[0].get();
  }
  return inner->kind == ExprKind::null || inner->kind == ExprKind::boolean || inner->kind == ExprKind::number ||
         inner->kind == ExprKind::string;
}

bool is_null_constant(const ir::Expr& expr) {
  const ir::Expr* inner = &expr;
  while ((inner->kind == ExprKind::cast || inner->kind == ExprKind::collate) && !inner->args.empty() &&
         inner->args[0]) {
    inner = inner->args[0].get();
  }
  return inner->kind == ExprKind::null;
}

std::optional<bool> constant_truth(const ir::Expr& expr) {
  if (is_null_constant(expr)) return false;
  if (expr.kind == ExprKind::boolean) return expr.text == "true";
  if (expr.kind == ExprKind::cast && expr.type.name == "boolean" && !expr.args.empty() && expr.args[0] &&
      expr.args[0]->kind == ExprKind::string) {
    const std::string text = to_lower(expr.args[0]->text);
    if (text == "t" || text == "true") return true;
    if (text == "f" || text == "false") return false;
  }
  if (expr.kind == ExprKind::logic_not && !expr.args.empty() && expr.args[0]) {
    if (is_null_constant(*expr.args[0])) return std::nullopt;
    const std::optional<bool> inner = constant_truth(*expr.args[0]);
    return inner ? std::optional<bool>(!*inner) : std::nullopt;
  }
  if (expr.kind == ExprKind::logic_and || expr.kind == ExprKind::logic_or) {
    const bool decides = expr.kind == ExprKind::logic_or;
    bool all_known = true;
    for (const ir::ExprPtr& arg : expr.args) {
      const std::optional<bool> value = arg ? constant_truth(*arg) : std::nullopt;
      if (value == decides) return decides;
      if (!value) all_known = false;
    }
    if (all_known) return !decides;
  }
  return std::nullopt;
}

std::set<std::string> columns_of(const ir::Expr& expr) {
  std::set<std::string> columns;
  ir::for_each_node(expr, [&columns](const ir::Expr& node) {
    if (node.kind == ExprKind::column && !node.names.empty()) columns.insert(node.names.back());
  });
  return columns;
}

bool names_column(const ir::Expr& expr, std::string_view column) {
  bool found = false;
  ir::for_each_node(expr, [&found, column](const ir::Expr& node) {
    if (node.kind == ExprKind::column && !node.names.empty() && node.names.back() == column) found = true;
  });
  return found;
}

std::set<std::string> nextval_targets(const ir::Expr& expr) {
  std::set<std::string> targets;
  ir::for_each_node(expr, [&targets](const ir::Expr& node) {
    if (node.kind != ExprKind::call || node.args.empty() || !node.args[0]) return;
    const std::string name = to_lower(node.name.name);
    if (name != "nextval" && name != "setval" && name != "currval") return;
    const ir::Expr* arg = node.args[0].get();
    while (arg->kind == ExprKind::cast && !arg->args.empty() && arg->args[0]) arg = arg->args[0].get();
    if (arg->kind == ExprKind::string) targets.insert(arg->text);
  });
  return targets;
}

/// add_column.default_f_volatile_sql_inlinable. Deliberately narrow: one SELECT, no FROM, nothing that is called or
/// named but words of constants.
bool is_inlined_constant(const catalog::Function& function) {
  if (function.language != "sql" || !function.arguments.empty()) return false;
  std::string_view body = trim(function.body);
  if (body.ends_with(';')) body = trim(body.substr(0, body.size() - 1));
  if (!starts_with_ignoring_case(body, "select ")) return false;
  body = trim(body.substr(7));
  if (body.empty()) return false;
  if (body.front() == '\'') return body.size() >= 2 && body.find('\'', 1) == body.size() - 1;
  const bool number = std::ranges::all_of(
      body, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == ' '; });
  const std::string lower = to_lower(body);
  return number || lower == "true" || lower == "false" || lower == "null";
}

}  // namespace whimbrel::facts
