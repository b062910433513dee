// How volatile an expression is as a whole, after the simplifications that the server's planner makes.
//
// Facts: manual, "Function Volatility Categories"; oracle rows add_column.default_*. A default rewrites the table only
// if what is left after planning is volatile: COALESCE, CASE, AND and OR with constants are cut short, SQL functions
// are inlined (12+).
#include <algorithm>
#include <optional>

#include "expressions.h"
#include "function_table.h"
#include "types.h"
#include "version_facts.h"
#include "whimbrel/base/text.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {
namespace {

using ir::ExprKind;
using ir::op::Volatility;

/// The parser bounds depth; this bounds it again for trees made elsewhere.
constexpr int kMaxDepth = 2000;

class Judge {
 public:
  Judge(const catalog::Catalog& catalog, int pg_version) : catalog_(catalog), version_(pg_version) {}

  void visit(const ir::Expr& expr, int depth = 0) {
    if (depth > kMaxDepth) return note(Volatility::volatile_, Tri::unknown, expr, "expression");
    if (simplifies() && (visit_simplified(expr, depth) || is_strict_on_null(expr))) return;
    if (expr.kind == ExprKind::call) visit_call(expr);
    const bool named_argument =
        expr.kind == ExprKind::opaque && expr.text == "named argument";  // make_interval(days => 1)
    if (expr.kind == ExprKind::subquery || (expr.kind == ExprKind::opaque && !named_argument))
      note(Volatility::volatile_, Tri::unknown, expr, expr.text);
    if (expr.kind == ExprKind::cast && is_zone_dependent(expr)) note(Volatility::stable, Tri::yes, expr, "cast");
    for (const ir::ExprPtr& arg : expr.args) {
      if (arg) visit(*arg, depth + 1);
    }
  }

  ExprVolatility result;

 private:
  [[nodiscard]] bool simplifies() const { return holds(Fact::defaults_are_planned, version_); }

  /// Text to a type that depends on the session's settings: stable, unless it is a constant, which is converted once
  /// and for all.
  static bool is_zone_dependent(const ir::Expr& cast) {
    if (cast.args.empty() || !cast.args[0] || is_constant(*cast.args[0])) return false;
    return cast.type.name.starts_with("timestamp") || cast.type.name.starts_with("time ") || cast.type.name == "date" ||
           cast.type.name.starts_with("reg");
  }

  /// eval_const_expressions. True: this node is dealt with.
  bool visit_simplified(const ir::Expr& expr, int depth) {
    switch (expr.kind) {
      case ExprKind::call:
        return visit_coalesce(expr, depth);
      case ExprKind::case_when:
        return visit_case(expr, depth);
      case ExprKind::logic_and:
      case ExprKind::logic_or: {
        const std::optional<bool> value = constant_truth(expr);
        return value.has_value();
      }
      case ExprKind::null:
      case ExprKind::boolean:
      case ExprKind::number:
      case ExprKind::string:
      case ExprKind::column:
      case ExprKind::parameter:
      case ExprKind::op:
      case ExprKind::logic_not:
      case ExprKind::is_null:
      case ExprKind::is_not_null:
      case ExprKind::boolean_test:
      case ExprKind::cast:
      case ExprKind::collate:
      case ExprKind::array:
      case ExprKind::row:
      case ExprKind::subscript:
      case ExprKind::subquery:
      case ExprKind::opaque:
        return false;
    }
    return false;
  }

  /// A STRICT function of the history over a NULL constant is NULL, and never called.
  [[nodiscard]] bool is_strict_on_null(const ir::Expr& expr) const {
    if (expr.kind != ExprKind::call) return false;
    const bool null = std::ranges::any_of(expr.args, [](const ir::ExprPtr& arg) { return arg && is_null_constant(*arg); });
    if (!null) return false;
    const std::vector<const catalog::Function*> functions = catalog_.find_functions(expr.name);
    return !functions.empty() &&
           std::ranges::all_of(functions, [](const catalog::Function* function) { return function->strict; });
  }

  /// Whether the history has the function in a schema that search_path names before pg_catalog.
  [[nodiscard]] bool hides_built_in(const ir::QualifiedName& name) const {
    const std::vector<std::string>& path = catalog_.search_path();
    const auto system = std::ranges::find(path, "pg_catalog");
    if (system == path.end()) return false;
    return std::any_of(path.begin(), system, [&](const std::string& schema) {
      return !catalog_.find_functions({schema, name.name}).empty();
    });
  }

  /// COALESCE stops at its first constant that is not NULL; NULL constants are dropped.
  bool visit_coalesce(const ir::Expr& expr, int depth) {
    if (!expr.name.schema.empty() || to_lower(expr.name.name) != "coalesce") return false;
    for (const ir::ExprPtr& arg : expr.args) {
      if (!arg) continue;
      visit(*arg, depth + 1);
      if (is_constant(*arg) && !is_null_constant(*arg)) break;
    }
    return true;
  }

  /// CASE: a condition that is false drops its result, one that is true drops all that follows.
  bool visit_case(const ir::Expr& expr, int depth) {
    const std::size_t pairs = expr.args.size() / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
      const ir::ExprPtr& condition = expr.args[2 * i];
      const ir::ExprPtr& value = expr.args[2 * i + 1];
      const std::optional<bool> truth = condition ? constant_truth(*condition) : std::nullopt;
      if (truth == false) continue;
      if (condition) visit(*condition, depth + 1);
      if (value) visit(*value, depth + 1);
      if (truth == true) return true;
    }
    if (expr.args.size() % 2 != 0 && expr.args.back()) visit(*expr.args.back(), depth + 1);
    return true;
  }

  void visit_call(const ir::Expr& expr) {
    const bool unqualified = expr.name.schema.empty();
    if (unqualified) {
      if (const auto keyword = keyword_function(to_lower(expr.name.name))) return note(*keyword, Tri::yes, expr, {});
    }
    const bool system = expr.name.schema == "pg_catalog";
    if ((unqualified && !hides_built_in(expr.name)) || system) {
      const FunctionAnswer answer = built_in_function(expr.name.name, expr.args.size(), version_);
      if (answer.built_in == BuiltIn::yes) return note(answer.volatility, Tri::yes, expr, {});
      if (system) return note(Volatility::volatile_, Tri::unknown, expr, {});
    }
    if (visit_user_function(expr)) return;
    if (const auto extension = extension_function(expr.name.name)) return note(*extension, Tri::yes, expr, {});
    note(Volatility::volatile_, Tri::unknown, expr, {});
  }

  bool visit_user_function(const ir::Expr& expr) {
    bool found = false;
    Volatility worst = Volatility::immutable;
    for (const catalog::Function* function : catalog_.find_functions(expr.name)) {
      if (function->procedure || function->arguments.size() < expr.args.size()) continue;
      found = true;
      if (simplifies() && is_inlined_constant(*function)) continue;
      worst = std::max(worst, function->volatility);
    }
    if (found) note(worst, Tri::yes, expr, {});
    return found;
  }

  void note(Volatility volatility, Tri certain, const ir::Expr& at, std::string_view what) {
    const bool worse = volatility > result.volatility;
    const bool surer = volatility == result.volatility && certain == Tri::yes && result.certain != Tri::yes;
    if (!worse && !surer) return;
    result.volatility = volatility;
    result.certain = certain;
    result.culprit = at.span;
    result.culprit_name = what.empty() ? ir::to_sql(at.name) + "()" : std::string(what);
  }

  const catalog::Catalog& catalog_;
  int version_;
};

}  // namespace

ExprVolatility volatility_of(const ir::Expr& expr, const catalog::Catalog& catalog, int pg_version) {
  Judge judge(catalog, pg_version);
  judge.visit(expr);
  return judge.result;
}

}  // namespace whimbrel::facts
