// Types of expressions: what views and tables made from queries get for their columns. What is not sure stays unknown.
#include "expr_type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace whimbrel::catalog {

namespace {

using ir::TypeName;

constexpr std::string_view kOpen = "unknown";

TypeName named(std::string_view name) {
  TypeName type;
  type.name = name;
  return type;
}

TypeName plain(TypeName type) {
  type.typmods.clear();
  type.fields.clear();
  return type;
}

bool is(const TypeName& type, std::string_view name) { return type.dimensions == 0 && type.schema.empty() && type.name == name; }

/// Widening order of numbers; 0 for what is none.
int number_rank(const TypeName& type) {
  constexpr std::array<std::string_view, 6> kRank{"smallint", "integer", "bigint", "numeric", "real", "double precision"};
  if (type.dimensions != 0 || !type.schema.empty()) return 0;
  const auto* const at = std::ranges::find(kRank, type.name);
  return at == kRank.end() ? 0 : static_cast<int>(at - kRank.begin()) + 1;
}

bool is_integer(const TypeName& type) { return number_rank(type) >= 1 && number_rank(type) <= 3; }

TypeName element_of(TypeName type) {
  if (type.dimensions == 0) return {};
  type.dimensions = 0;
  return type;
}

TypeName array_of(TypeName type) {
  if (!type.known()) return type;
  if (is(type, kOpen)) type = named("text");
  type.dimensions = 1;
  return type;
}

struct Fixed {
  std::string_view function;
  std::string_view type;
};

/// Functions that give one type, whatever they are given.
constexpr std::array kFixed = std::to_array<Fixed>({
    {"age", "interval"}, {"array_length", "integer"}, {"array_to_json", "json"}, {"array_to_string", "text"}, {"ascii", "integer"},
    {"bool_and", "boolean"}, {"bool_or", "boolean"}, {"btrim", "text"}, {"cardinality", "integer"}, {"char_length", "integer"},
    {"character_length", "integer"}, {"chr", "text"}, {"clock_timestamp", "timestamp with time zone"}, {"concat", "text"},
    {"concat_ws", "text"}, {"count", "bigint"}, {"cume_dist", "double precision"}, {"current_date", "date"}, {"current_schema", "name"},
    {"current_time", "time with time zone"}, {"current_timestamp", "timestamp with time zone"}, {"current_user", "name"},
    {"date_part", "double precision"}, {"dense_rank", "bigint"}, {"encode", "text"}, {"every", "boolean"}, {"exists", "boolean"},
    {"format", "text"}, {"gen_random_uuid", "uuid"}, {"initcap", "text"}, {"json_agg", "json"}, {"json_build_array", "json"},
    {"json_build_object", "json"}, {"json_object_agg", "json"}, {"jsonb_agg", "jsonb"}, {"jsonb_build_array", "jsonb"},
    {"jsonb_array_length", "integer"}, {"jsonb_build_object", "jsonb"}, {"jsonb_object_agg", "jsonb"}, {"jsonb_set", "jsonb"},
    {"left", "text"}, {"length", "integer"}, {"localtimestamp", "timestamp without time zone"}, {"lpad", "text"}, {"ltrim", "text"},
    {"md5", "text"}, {"now", "timestamp with time zone"}, {"ntile", "integer"}, {"octet_length", "integer"}, {"percent_rank", "double precision"},
    {"quote_ident", "text"}, {"quote_literal", "text"}, {"random", "double precision"}, {"rank", "bigint"}, {"regexp_replace", "text"},
    {"replace", "text"}, {"right", "text"}, {"row_number", "bigint"}, {"row_to_json", "json"}, {"rpad", "text"}, {"rtrim", "text"},
    {"session_user", "name"}, {"split_part", "text"}, {"statement_timestamp", "timestamp with time zone"}, {"string_agg", "text"},
    {"strpos", "integer"}, {"to_char", "text"}, {"to_date", "date"}, {"to_json", "json"}, {"to_jsonb", "jsonb"}, {"to_tsvector", "tsvector"},
    {"transaction_timestamp", "timestamp with time zone"}, {"translate", "text"}, {"upper", "text"}, {"lower", "text"},
});

TypeName sum_type(const TypeName& type) {
  if (is(type, "smallint") || is(type, "integer")) return named("bigint");
  if (is(type, "bigint")) return named("numeric");
  return number_rank(type) != 0 || is(type, "interval") || is(type, "money") ? plain(type) : TypeName{};
}

TypeName average_type(const TypeName& type) {
  if (is_integer(type) || is(type, "numeric")) return named("numeric");
  if (number_rank(type) != 0) return named("double precision");
  return is(type, "interval") ? plain(type) : TypeName{};
}

TypeName zoned(const TypeName& type) {  // AT TIME ZONE
  if (is(type, "timestamp with time zone")) return named("timestamp without time zone");
  return is(type, "timestamp without time zone") ? named("timestamp with time zone") : TypeName{};
}

bool gives_boolean(std::string_view op) {
  constexpr std::array kOps = std::to_array<std::string_view>(
      {"=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*", "@>", "<@", "&&", "?", "?|", "?&", "@@",
       "LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE", "SIMILAR TO", "NOT SIMILAR TO", "IN", "NOT IN", "BETWEEN", "NOT BETWEEN",
       "BETWEEN SYMMETRIC", "NOT BETWEEN SYMMETRIC", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"});
  return std::ranges::find(kOps, op) != kOps.end();
}

class Typing {
 public:
  Typing(const Catalog& catalog, const ColumnTypes& columns) : catalog_(catalog), columns_(columns) {}

  TypeName of(const ir::Expr& expr) const {
    using enum ir::ExprKind;
    switch (expr.kind) {
      case null:
      case string: return expr.kind == string && expr.text.starts_with("b0") ? TypeName{} : named(kOpen);
      case boolean:
      case logic_and:
      case logic_or:
      case logic_not:
      case is_null:
      case is_not_null:
      case boolean_test: return named("boolean");
      case number: return number_type(expr.text);
      case column: return columns_(expr.names);
      case call: return function(expr);
      case op: return operation(expr);
      case cast: return cast_type(expr.type);
      case collate: return argument(expr, 0);
      case case_when: return choice(expr);
      case array: {
        TypeName type = expr.args.empty() ? TypeName{} : argument(expr, 0);
        for (std::size_t i = 1; i < expr.args.size(); ++i) type = common_type(type, argument(expr, i));
        return array_of(plain(type));
      }
      case subscript: return expr.text.empty() && expr.args.size() == 2 ? element_of(argument(expr, 0)) : TypeName{};
      case parameter:
      case row:
      case subquery:
      case opaque: return {};
    }
    return {};
  }

 private:
  TypeName argument(const ir::Expr& expr, std::size_t i) const { return i < expr.args.size() && expr.args[i] ? of(*expr.args[i]) : TypeName{}; }

  static TypeName number_type(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return named("numeric");
    return named(value >= INT32_MIN && value <= INT32_MAX ? "integer" : "bigint");
  }

  TypeName cast_type(const TypeName& type) const {
    TypeName stored = type;
    if (stored.schema == "pg_catalog") stored.schema.clear();
    if (stored.schema.empty() && !ir::is_builtin_type(stored.name)) {
      const Type* found = catalog_.find_type({"", stored.name});
      if (found != nullptr && found->name.schema != catalog_.default_schema()) stored.schema = found->name.schema;
    } else if (stored.schema == catalog_.default_schema()) {
      stored.schema.clear();
    }
    stored.dimensions = stored.dimensions > 0 ? 1 : 0;
    return stored;
  }

  /// CASE: conditions stand at even places, an odd last one is the ELSE.
  TypeName choice(const ir::Expr& expr) const {
    std::optional<TypeName> type;
    for (std::size_t i = 1; i < expr.args.size(); i += 2) type = type ? common_type(*type, argument(expr, i)) : argument(expr, i);
    if (expr.args.size() % 2 == 1) type = type ? common_type(*type, argument(expr, expr.args.size() - 1)) : argument(expr, expr.args.size() - 1);
    return type.value_or(TypeName{});
  }

  TypeName function(const ir::Expr& expr) const {
    const std::string& name = expr.name.name;
    if (expr.name.schema.empty() || expr.name.schema == "pg_catalog") {
      if (name == "sum") return sum_type(argument(expr, 0));
      if (name == "avg") return average_type(argument(expr, 0));
      if (name == "min" || name == "max" || name == "abs" || name == "array_remove" || name == "array_append" || name == "lag" || name == "lead" ||
          name == "first_value" || name == "last_value")
        return is(argument(expr, 0), "character varying") ? named("text") : plain(argument(expr, 0));
      if (name == "coalesce" || name == "greatest" || name == "least") return common(expr);
      if (name == "nullif") return argument(expr, 0);
      if (name == "array_agg") return array_of(plain(argument(expr, 0)));
      if (name == "unnest") return element_of(plain(argument(expr, 0)));
      if (name == "timezone") return zoned(argument(expr, 1));
      if (name == "date_trunc") {
        const TypeName type = plain(argument(expr, 1));
        return is(type, "date") ? named("timestamp with time zone") : type;
      }
      if (name == "extract") return named("numeric");
      if ((name == "round" || name == "trunc" || name == "floor" || name == "ceil" || name == "ceiling") && is(argument(expr, 0), "numeric"))
        return named("numeric");
      const bool of_range = (name == "lower" || name == "upper") && argument(expr, 0).name.ends_with("range");
      const auto* const fixed = std::ranges::find(kFixed, std::string_view(name), &Fixed::function);
      if (fixed != kFixed.end() && !of_range) return named(fixed->type);
    }
    const std::vector<const Function*> overloads = catalog_.find_functions(expr.name);
    return overloads.size() == 1 ? cast_type(overloads.front()->returns) : TypeName{};
  }

  TypeName common(const ir::Expr& expr) const {
    TypeName type = argument(expr, 0);
    for (std::size_t i = 1; i < expr.args.size(); ++i) type = common_type(type, argument(expr, i));
    return type;
  }

  TypeName operation(const ir::Expr& expr) const {
    if (gives_boolean(expr.text)) return named("boolean");
    if (expr.args.size() == 1) return plain(argument(expr, 0));
    const TypeName left = argument(expr, 0);
    const TypeName right = argument(expr, 1);
    if (!left.known() || !right.known()) return {};
    if (expr.text == "||") return concatenation(left, right);
    if (expr.text == "->>" || expr.text == "#>>") return named("text");
    if (expr.text == "->" || expr.text == "#>") return is(left, "json") || is(left, "jsonb") ? left : TypeName{};
    return expr.text == "+" || expr.text == "-" || expr.text == "*" || expr.text == "/" || expr.text == "%" ? arithmetic(expr.text, left, right)
                                                                                                        : TypeName{};
  }

  static TypeName concatenation(const TypeName& left, const TypeName& right) {
    if (left.dimensions > 0) return plain(left);
    if (right.dimensions > 0) return plain(right);
    if (is(left, "jsonb") || is(right, "jsonb")) return named("jsonb");
    if (is(left, "bytea") || is(left, "tsvector") || is(left, "hstore")) return left;
    return left.schema.empty() && ir::is_builtin_type(left.name) && right.schema.empty() ? named("text") : TypeName{};
  }

  static TypeName arithmetic(std::string_view op, const TypeName& left, const TypeName& right) {
    if (is(left, kOpen) && is(right, kOpen)) return {};
    if (is(left, kOpen)) return number_rank(right) != 0 ? plain(right) : TypeName{};
    if (is(right, kOpen)) return number_rank(left) != 0 ? plain(left) : TypeName{};
    const int left_rank = number_rank(left);
    const int right_rank = number_rank(right);
    if (left_rank != 0 && right_rank != 0) {
      if ((left_rank == 5) != (right_rank == 5) && std::max(left_rank, right_rank) >= 5) return named("double precision");
      return plain(left_rank >= right_rank ? left : right);
    }
    const bool left_stamp = left.name.starts_with("timestamp");
    const bool right_stamp = right.name.starts_with("timestamp");
    if (op == "-" && left_stamp && right_stamp) return named("interval");
    if (op == "-" && is(left, "date") && is(right, "date")) return named("integer");
    if (is(left, "date") && is_integer(right)) return named("date");
    if (is(left, "date") && is(right, "interval")) return named("timestamp without time zone");
    if (left_stamp && is(right, "interval")) return plain(left);
    if (is(left, "interval") && right_stamp) return plain(right);
    if (is(left, "interval") && (is(right, "interval") || number_rank(right) != 0)) return named("interval");
    return {};
  }

  const Catalog& catalog_;
  const ColumnTypes& columns_;
};

}  // namespace

TypeName common_type(const TypeName& left, const TypeName& right) {
  if (!left.known() || !right.known()) return {};
  if (left == right) return left;
  if (is(left, kOpen)) return plain(right);
  if (is(right, kOpen)) return plain(left);
  if (plain(left) == plain(right)) return plain(left);
  if (number_rank(left) != 0 && number_rank(right) != 0) return plain(number_rank(left) >= number_rank(right) ? left : right);
  const auto textual = [](const TypeName& type) { return is(type, "text") || is(type, "character varying") || is(type, "character"); };
  // Of two of one category the preferred one wins, else the first: only what is plain is told here.
  if (textual(left) && textual(right)) return is(left, "text") || is(right, "text") ? named("text") : plain(left);
  return {};
}

TypeName type_of(const Catalog& catalog, const ir::Expr& expr, const ColumnTypes& columns) { return Typing(catalog, columns).of(expr); }

}  // namespace whimbrel::catalog
