// Partition bounds against CHECKs and each other: ATTACH without a scan.
//
// Facts: manual, "Table Partitioning" (ATTACH and a CHECK that matches); oracle rows attach.*. The server proves with
// predicate_implied_by; here the CHECKs over one key are worked out as sets of numbers (dates count as numbers) or of
// constants.
#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include "expressions.h"
#include "proofs.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {
namespace {

using ir::ExprKind;
using Number = long double;
constexpr Number kInfinity = std::numeric_limits<Number>::infinity();

/// A half-open or closed range of numbers.
struct Range {
  Number low = -kInfinity;
  bool low_included = true;
  Number high = kInfinity;
  bool high_included = true;

  [[nodiscard]] bool empty() const { return low > high || (low == high && !(low_included && high_included)); }
};

/// Ranges that may overlap; all numbers are what is not understood.
using Ranges = std::vector<Range>;

Range intersect(const Range& a, const Range& b) {
  Range result;
  result.low = std::max(a.low, b.low);
  result.low_included = (a.low < result.low || a.low_included) && (b.low < result.low || b.low_included);
  result.high = std::min(a.high, b.high);
  result.high_included = (a.high > result.high || a.high_included) && (b.high > result.high || b.high_included);
  return result;
}

bool contains(const Range& outer, const Range& inner) {
  const bool low = outer.low < inner.low || (outer.low == inner.low && (outer.low_included || !inner.low_included));
  const bool high =
      outer.high > inner.high || (outer.high == inner.high && (outer.high_included || !inner.high_included));
  return low && high;
}

Ranges intersect(const Ranges& a, const Ranges& b) {
  constexpr std::size_t kMax = 256;
  Ranges result;
  for (const Range& left : a) {
    for (const Range& right : b) {
      const Range both = intersect(left, right);
      if (!both.empty() && result.size() < kMax) result.push_back(both);
    }
  }
  return result;
}

const ir::Expr& strip_casts(const ir::Expr& expr) {
  const ir::Expr* inner = &expr;
  while (inner->kind == ExprKind::cast && !inner->args.empty() && inner->args[0]) inner = inner->args[0].get();
  return *inner;
}

/// A number, or a date or time written as ISO 8601 ('2024-01-31 10:00'), as one number that keeps their order.
std::optional<Number> number_of(const ir::Expr& expr) {
  const ir::Expr& inner = strip_casts(expr);
  if (inner.kind == ExprKind::op && inner.text == "-" && inner.args.size() == 1 && inner.args[0]) {
    const std::optional<Number> value = number_of(*inner.args[0]);
    return value ? std::optional<Number>(-*value) : std::nullopt;
  }
  if (inner.kind == ExprKind::number) return std::strtold(inner.text.c_str(), nullptr);
  if (inner.kind != ExprKind::string || inner.text.size() < 10 || inner.text[4] != '-' || inner.text[7] != '-')
    return std::nullopt;
  Number value = 0;
  int digits = 0;
  for (const char c : inner.text) {
    if (c == '+' || (c == '-' && digits > 8)) break;  // a zone: those of one table are mostly the same
    if (c < '0' || c > '9') continue;
    value = value * 10 + (c - '0');
    if (++digits == 14) break;
  }
  for (; digits < 14; ++digits) value *= 10;
  return value;
}

bool is_key(const ir::ExprPtr& expr, std::string_view column) {
  if (!expr) return false;
  const ir::Expr& inner = strip_casts(*expr);
  return inner.kind == ExprKind::column && !inner.names.empty() && inner.names.back() == column;
}

std::string_view opposite(std::string_view op) {
  if (op == "<") return ">=";
  if (op == "<=") return ">";
  if (op == ">") return "<=";
  if (op == ">=") return "<";
  return op == "=" ? "<>" : op == "<>" ? "=" : "";
}

std::string_view mirrored(std::string_view op) {
  if (op == "<") return ">";
  if (op == "<=") return ">=";
  if (op == ">") return "<";
  return op == ">=" ? "<=" : op;
}

const Ranges kAll{Range{}};

Ranges compared(std::string_view op, Number value) {
  if (op == "<") return {{-kInfinity, true, value, false}};
  if (op == "<=") return {{-kInfinity, true, value, true}};
  if (op == ">") return {{value, false, kInfinity, true}};
  if (op == ">=") return {{value, true, kInfinity, true}};
  if (op == "=") return {{value, true, value, true}};
  if (op == "<>" || op == "!=") return {{-kInfinity, true, value, false}, {value, false, kInfinity, true}};
  return kAll;
}

/// The values of the column that the expression (or its negation) lets through; more where it is not understood.
Ranges allowed(const ir::Expr& expr, std::string_view column, bool negated, int depth = 0) {
  if (depth > 200) return kAll;
  if (expr.kind == ExprKind::logic_not && !expr.args.empty() && expr.args[0])
    return allowed(*expr.args[0], column, !negated, depth + 1);
  if (expr.kind == ExprKind::logic_and || expr.kind == ExprKind::logic_or) {
    const bool both = (expr.kind == ExprKind::logic_and) != negated;
    Ranges result = both ? kAll : Ranges{};
    for (const ir::ExprPtr& arg : expr.args) {
      const Ranges part = arg ? allowed(*arg, column, negated, depth + 1) : kAll;
      if (both) {
        result = intersect(result, part);
      } else {
        result.insert(result.end(), part.begin(), part.end());
      }
    }
    return result;
  }
  if (expr.kind != ExprKind::op) return kAll;
  if (expr.args.size() == 2 && expr.args[0] && expr.args[1]) {
    const bool left = is_key(expr.args[0], column);
    if (!left && !is_key(expr.args[1], column)) return kAll;
    const std::optional<Number> value = number_of(left ? *expr.args[1] : *expr.args[0]);
    if (!value) return kAll;
    const std::string_view op = left ? std::string_view(expr.text) : mirrored(expr.text);
    return compared(negated ? opposite(op) : op, *value);
  }
  if (expr.text == "BETWEEN" && expr.args.size() == 3 && is_key(expr.args[0], column) && expr.args[1] && expr.args[2]) {
    const std::optional<Number> low = number_of(*expr.args[1]);
    const std::optional<Number> high = number_of(*expr.args[2]);
    if (!low || !high) return kAll;
    if (!negated) return {{*low, true, *high, true}};
    return {{-kInfinity, true, *low, false}, {*high, false, kInfinity, true}};
  }
  return kAll;
}

bool is_word(const ir::Expr& expr, std::string_view word) {
  return expr.kind == ExprKind::column && !expr.names.empty() &&
         std::ranges::equal(expr.names.back(), word, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

/// The range of a bound over one key; nothing where it is not that, or not numbers.
std::optional<Range> range_of(const ir::PartitionBound& bound) {
  if (bound.is_default || bound.from.size() != 1 || bound.to.size() != 1 || !bound.from[0] || !bound.to[0])
    return std::nullopt;
  Range range{-kInfinity, true, kInfinity, false};
  if (!is_word(*bound.from[0], "minvalue")) {
    const std::optional<Number> low = number_of(*bound.from[0]);
    if (!low) return std::nullopt;
    range.low = *low;
  }
  if (!is_word(*bound.to[0], "maxvalue")) {
    const std::optional<Number> high = number_of(*bound.to[0]);
    if (!high) return std::nullopt;
    range.high = *high;
  }
  return range;
}

std::string text_of(const ir::Expr& expr) { return strip_casts(expr).text; }

/// The constants that the expression lets the column be; nothing where it says something else.
std::optional<std::set<std::string>> listed(const ir::Expr& expr, std::string_view column, int depth = 0) {
  if (depth > 200) return std::nullopt;
  if (expr.kind == ExprKind::logic_and || expr.kind == ExprKind::logic_or) {
    std::optional<std::set<std::string>> result;
    for (const ir::ExprPtr& arg : expr.args) {
      auto part = arg ? listed(*arg, column, depth + 1) : std::nullopt;
      if (expr.kind == ExprKind::logic_or) {
        if (!part) return std::nullopt;
        if (!result) result.emplace();
        result->merge(*part);
      } else if (part && (!result || part->size() < result->size())) {
        result = std::move(part);
      }
    }
    return result;
  }
  if (expr.kind != ExprKind::op || expr.args.size() < 2 || !is_key(expr.args[0], column)) return std::nullopt;
  if (expr.text != "=" && expr.text != "IN") return std::nullopt;
  std::set<std::string> values;
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    if (!expr.args[i] || !is_constant(*expr.args[i])) return std::nullopt;
    values.insert(text_of(*expr.args[i]));
  }
  return values;
}

std::set<std::string> values_of(const ir::PartitionBound& bound) {
  std::set<std::string> values;
  for (const ir::ExprPtr& value : bound.values) {
    if (value) values.insert(text_of(*value));
  }
  return values;
}

bool is_valid_check(const catalog::Constraint& constraint) {
  return constraint.kind == ir::ConstraintKind::check && constraint.validated && constraint.enforced && constraint.expr;
}

std::string_view single_key(const ir::PartitionBy& keys) {
  return keys.keys.size() == 1 ? std::string_view(keys.keys[0].column) : std::string_view();
}

Ranges allowed_by_checks(const catalog::Relation& table, std::string_view column) {
  Ranges result = kAll;
  for (const catalog::Constraint& constraint : table.constraints) {
    if (is_valid_check(constraint)) result = intersect(result, allowed(*constraint.expr, column, false));
  }
  return result;
}

bool holds_no_null(const catalog::Relation& table, std::string_view column) {
  const catalog::Column* found = table.find_column(column);
  if (found != nullptr && found->not_null == Tri::yes && found->not_null_validated == Tri::yes) return true;
  return proves_not_null(table, column) == Tri::yes;
}

}  // namespace

bool implies_bound(const catalog::Relation& table, const ir::PartitionBy& keys, const ir::PartitionBound& bound) {
  const std::string_view key = single_key(keys);
  if (key.empty() || bound.is_default || !holds_no_null(table, key)) return false;
  if (!bound.values.empty()) {
    const std::set<std::string> wanted = values_of(bound);
    return std::ranges::any_of(table.constraints, [&](const catalog::Constraint& constraint) {
      if (!is_valid_check(constraint)) return false;
      const auto values = listed(*constraint.expr, key);
      return values && std::ranges::includes(wanted, *values);
    });
  }
  const std::optional<Range> range = range_of(bound);
  if (!range) return false;
  const Ranges values = allowed_by_checks(table, key);
  return std::ranges::all_of(values, [&range](const Range& part) { return contains(*range, part); });
}

bool excludes_bound(const catalog::Relation& table, const ir::PartitionBy& keys, const ir::PartitionBound& bound) {
  const std::string_view key = single_key(keys);
  if (key.empty()) return false;
  const std::optional<Range> range = range_of(bound);
  return range && intersect(allowed_by_checks(table, key), Ranges{*range}).empty();
}

bool bounds_overlap(const ir::PartitionBound& left, const ir::PartitionBound& right) {
  if (left.is_default || right.is_default) return left.is_default && right.is_default;
  if (!left.values.empty() && !right.values.empty()) {
    const std::set<std::string> values = values_of(left);
    return std::ranges::any_of(values_of(right),
                               [&values](const std::string& value) { return values.contains(value); });
  }
  const std::optional<Range> a = range_of(left);
  const std::optional<Range> b = range_of(right);
  return a && b && !intersect(*a, *b).empty();
}

}  // namespace whimbrel::facts
