// Whether two expressions say the same, spans and redundant casts aside.
#include "whimbrel/ir/expr.h"

#include <algorithm>
#include <vector>

namespace whimbrel::ir {
namespace {

bool is_constant(const Expr& expr) {
  return expr.kind == ExprKind::string || expr.kind == ExprKind::number || expr.kind == ExprKind::boolean || expr.kind == ExprKind::null;
}

const Expr* without_cast(const Expr& expr) {
  return expr.kind == ExprKind::cast && expr.args.size() == 1 && expr.args[0] && is_constant(*expr.args[0]) ? expr.args[0].get() : nullptr;
}

bool same_function(const QualifiedName& left, const QualifiedName& right) {
  const auto schema = [](const QualifiedName& name) { return name.schema == "pg_catalog" ? std::string_view() : std::string_view(name.schema); };
  return left.name == right.name && schema(left) == schema(right);
}

bool same(const ExprPtr& left, const ExprPtr& right) {
  if (!left || !right) return !left && !right;
  return same_meaning(*left, *right);
}

/// What a chain of ANDs (or of ORs) joins, however it is grouped.
void add_operands(const Expr& chain, const Expr& part, std::vector<const Expr*>& out) {
  for (const ExprPtr& arg : part.args) {
    if (arg && arg->kind == chain.kind) {
      add_operands(chain, *arg, out);
    } else {
      out.push_back(arg.get());
    }
  }
}

std::vector<const Expr*> operands(const Expr& chain) {
  std::vector<const Expr*> all;
  add_operands(chain, chain, all);
  return all;
}

}  // namespace

bool same_meaning(const Expr& left, const Expr& right) {
  if (left.kind == right.kind && (left.kind == ExprKind::logic_and || left.kind == ExprKind::logic_or)) {
    // a AND (b AND c): the server keeps what is written, and it means the same.
    const std::vector<const Expr*> one = operands(left);
    const std::vector<const Expr*> other = operands(right);
    return std::ranges::equal(one, other, [](const Expr* a, const Expr* b) { return a != nullptr && b != nullptr && same_meaning(*a, *b); });
  }
  if (left.kind != right.kind) {
    // A cast around a constant on one side only: '' and ''::text.
    if (const Expr* inner = without_cast(left)) return is_constant(right) && same_meaning(*inner, right);
    if (const Expr* inner = without_cast(right)) return is_constant(left) && same_meaning(left, *inner);
    return false;
  }
  const auto operator_text = [](const Expr& expr) { return expr.text == "!=" ? std::string_view("<>") : std::string_view(expr.text); };
  if (operator_text(left) != operator_text(right) || left.names != right.names || !same_function(left.name, right.name)) return false;
  if (left.kind == ExprKind::cast && !(left.type == right.type)) return false;
  // What is not modelled cannot be told to be the same.
  if (left.kind == ExprKind::opaque || left.kind == ExprKind::subquery) return &left == &right;
  if (left.args.size() != right.args.size()) return false;
  for (std::size_t i = 0; i < left.args.size(); ++i) {
    if (!same(left.args[i], right.args[i])) return false;
  }
  return true;
}

}  // namespace whimbrel::ir
