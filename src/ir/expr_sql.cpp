// Expressions written back as SQL of our own making, with the fewest parentheses that keep the meaning.
#include <array>
#include <string_view>
#include <utility>

#include "whimbrel/base/text.h"
#include "whimbrel/ir/expr.h"

namespace whimbrel::ir {
namespace {

/// How tightly an expression holds together, weakest first (manual, table 4.2).
enum Level : int { kOr, kAnd, kNot, kIs, kCompare, kLike, kOther, kAdd, kMultiply, kPower, kCollate, kSign, kSubscript, kCast, kAtom };

bool is_any_of(std::string_view text, std::initializer_list<std::string_view> list) {
  for (const std::string_view item : list) {
    if (text == item) return true;
  }
  return false;
}

bool is_word(std::string_view op) { return !op.empty() && ((op[0] >= 'A' && op[0] <= 'Z')); }

Level level_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::logic_or: return kOr;
    case ExprKind::logic_and: return kAnd;
    case ExprKind::logic_not: return kNot;
    case ExprKind::is_null:
    case ExprKind::is_not_null:
    case ExprKind::boolean_test: return kIs;
    case ExprKind::op:
      if (expr.args.size() == 1) return expr.text == "-" || expr.text == "+" ? kSign : kOther;
      if (expr.text.starts_with("IS ")) return kIs;
      if (is_any_of(expr.text, {"<", ">", "=", "<=", ">=", "<>", "!="})) return kCompare;
      if (is_word(expr.text)) return kLike;
      if (is_any_of(expr.text, {"+", "-"})) return kAdd;
      if (is_any_of(expr.text, {"*", "/", "%"})) return kMultiply;
      return expr.text == "^" ? kPower : kOther;
    case ExprKind::collate: return kCollate;
    case ExprKind::number: return expr.text.starts_with('-') ? kSign : kAtom;
    case ExprKind::subscript: return kSubscript;
    case ExprKind::cast: return kCast;
    case ExprKind::null:
    case ExprKind::boolean:
    case ExprKind::string:
    case ExprKind::column:
    case ExprKind::parameter:
    case ExprKind::call:
    case ExprKind::case_when:
    case ExprKind::array:
    case ExprKind::row:
    case ExprKind::subquery:
    case ExprKind::opaque: return kAtom;
  }
  return kAtom;
}

std::string quoted_string(std::string_view value) {
  std::string out;
  if (value.find('\\') != std::string_view::npos) out += "E";
  out += '\'';
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += c;
    out += c;
  }
  return out + "'";
}

class Writer {
 public:
  std::string out;

  void write(const ExprPtr& expr, Level at_least = kOr) {
    if (!expr) {
      out += "?";
      return;
    }
    const bool parentheses = level_of(*expr) < at_least;
    if (parentheses) out += '(';
    node(*expr);
    if (parentheses) out += ')';
  }

  void node(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::null: out += "NULL"; return;
      case ExprKind::boolean:
      case ExprKind::number:
      case ExprKind::parameter: out += expr.text; return;
      case ExprKind::string: out += quoted_string(expr.text); return;
      case ExprKind::column: column(expr); return;
      case ExprKind::call: call(expr); return;
      case ExprKind::op: operation(expr); return;
      case ExprKind::logic_and: joined(expr, " AND ", kNot); return;
      case ExprKind::logic_or: joined(expr, " OR ", kAnd); return;
      case ExprKind::logic_not: out += "NOT "; write(arg(expr, 0), kNot); return;
      case ExprKind::is_null: write(arg(expr, 0), kCompare); out += " IS NULL"; return;
      case ExprKind::is_not_null: write(arg(expr, 0), kCompare); out += " IS NOT NULL"; return;
      case ExprKind::boolean_test: write(arg(expr, 0), kCompare); out += " " + expr.text; return;
      case ExprKind::cast: write(arg(expr, 0), kCast); out += "::" + to_sql(expr.type); return;
      case ExprKind::collate: write(arg(expr, 0), kCollate); out += " COLLATE " + quote_identifier(expr.text); return;
      case ExprKind::case_when: case_when(expr); return;
      case ExprKind::array: out += "ARRAY["; list(expr, 0); out += ']'; return;
      case ExprKind::row: out += "ROW("; list(expr, 0); out += ')'; return;
      case ExprKind::subscript: subscript(expr); return;
      case ExprKind::subquery: out += expr.text.empty() ? "(SELECT …)" : expr.text; return;
      case ExprKind::opaque: out += "<" + expr.text + ">"; return;
    }
  }

 private:
  static ExprPtr arg(const Expr& expr, std::size_t i) { return i < expr.args.size() ? expr.args[i] : nullptr; }

  void list(const Expr& expr, std::size_t from) {
    for (std::size_t i = from; i < expr.args.size(); ++i) {
      if (i > from) out += ", ";
      write(expr.args[i]);
    }
  }

  void joined(const Expr& expr, std::string_view word, Level level) {
    for (std::size_t i = 0; i < expr.args.size(); ++i) {
      if (i > 0) out += word;
      write(expr.args[i], level);
    }
  }

  void column(const Expr& expr) {
    for (std::size_t i = 0; i < expr.names.size(); ++i) {
      if (i > 0) out += '.';
      out += expr.names[i] == "*" ? "*" : quote_identifier(expr.names[i]);
    }
  }

  void call(const Expr& expr) {
    static constexpr std::array<std::string_view, 16> kBare = {
        "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_role", "current_user", "user",
        "session_user", "system_user", "current_catalog", "current_schema", "coalesce", "greatest", "least", "nullif"};
    const std::string& name = expr.name.name;
    bool bare = false;
    for (const std::string_view word : kBare) bare = bare || (expr.name.schema.empty() && word == name);
    if (expr.name.schema.empty() && name == "extract" && expr.args.size() == 2 && expr.args[0] && expr.args[0]->kind == ExprKind::string) {
      out += "EXTRACT(" + expr.args[0]->text + " FROM ";
      write(expr.args[1]);
      out += ')';
      return;
    }
    for (const char c : bare ? name : to_sql(expr.name)) out += bare && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (bare && expr.args.empty()) return;
    out += '(';
    if (expr.text == "*") out += '*';
    if (expr.text == "distinct") out += "DISTINCT ";
    list(expr, 0);
    out += ')';
  }

  void operation(const Expr& expr) {
    const Level level = level_of(expr);
    if (expr.args.size() == 1) {
      out += expr.text;
      if (is_word(expr.text) || (expr.args[0] && level_of(*expr.args[0]) == kSign)) out += ' ';
      write(expr.args[0], level == kSign ? kSign : kAdd);
      return;
    }
    if (expr.args.empty()) {
      out += expr.text;
      return;
    }
    const auto tighter = static_cast<Level>(level + 1);
    const bool chains = level == kOther || level == kAdd || level == kMultiply || level == kPower;
    write(expr.args[0], chains ? level : tighter);
    out += ' ';
    out += expr.text;
    out += ' ';
    if (is_any_of(expr.text, {"IN", "NOT IN"}) || expr.text.ends_with(" ANY") || expr.text.ends_with(" ALL")) {
      const bool subquery = expr.args.size() == 2 && expr.args[1] && expr.args[1]->kind == ExprKind::subquery && expr.args[1]->text.empty();
      if (!subquery) out += '(';
      list(expr, 1);
      if (!subquery) out += ')';
    } else if (expr.args.size() == 3) {
      write(expr.args[1], kOther);
      out += " AND ";
      write(expr.args[2], kOther);
    } else {
      write(expr.args[1], tighter);
    }
  }

  void case_when(const Expr& expr) {
    out += "CASE";
    std::size_t i = 0;
    for (; i + 1 < expr.args.size(); i += 2) {
      out += " WHEN ";
      write(expr.args[i]);
      out += " THEN ";
      write(expr.args[i + 1]);
    }
    if (i < expr.args.size()) {
      out += " ELSE ";
      write(expr.args[i]);
    }
    out += " END";
  }

  void subscript(const Expr& expr) {
    const bool field = !expr.text.empty();
    const ExprPtr base = arg(expr, 0);
    const bool plain = base && (base->kind == ExprKind::column || base->kind == ExprKind::subscript || base->kind == ExprKind::parameter);
    write(base, plain ? kOr : static_cast<Level>(kAtom + 1));
    if (field) out += "." + (expr.text == "*" ? "*" : quote_identifier(expr.text));
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      out += '[';
      write(expr.args[i]);
      out += ']';
    }
  }
};

}  // namespace

std::string to_sql(const Expr& expr) {
  Writer writer;
  writer.node(expr);
  return std::move(writer.out);
}

}  // namespace whimbrel::ir
