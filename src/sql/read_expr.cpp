// Expressions: what they are and how far they reach. Many nodes have one location, of their operator or first word, so the
// reach of each grows from its parts: the parts' tokens, parentheses around them, and the words that belong to the node itself.
#include "read_expr.h"

#include "locations.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

using ir::ExprKind;

/// Deeper trees than a person writes are cut off: chains of operators nest to the left without an end.
constexpr int kDeepest = 400;

/// Tokens [first, last]; nothing while `first > last`.
struct Reach {
  TokenIndex first = static_cast<TokenIndex>(-1);
  TokenIndex last = 0;

  [[nodiscard]] bool empty() const { return first > last; }
  void add(TokenIndex from, TokenIndex to) {
    first = std::min(first, from);
    last = std::max(last, to);
  }
  void add(const Reach& inner) {
    if (!inner.empty()) add(inner.first, inner.last);
  }
};

class ExprReader {
 public:
  explicit ExprReader(const Reader& reader) : reader_(reader) {}

  ir::ExprPtr read(const ::Node* node, Reach& reach) {
    if (node == nullptr) return nullptr;
    auto expr = std::make_shared<ir::Expr>();
    Reach own;
    if (++depth_ > kDeepest) {
      expr->text = "expression nested too deep";
      own = token(location_of(node));
    } else {
      fill(*expr, node, own);
    }
    --depth_;
    expr->span = own.empty() ? reader_.host().span(0, 0) : reader_.span(own.first, own.last + 1);
    reach.add(with_parentheses(own));
    return expr;
  }

 private:
  // ---- reach ----
  Reach token(int location) const {
    Reach reach;
    const TokenIndex i = reader_.at(location);
    if (i < reader_.count()) reach.add(i, i);
    return reach;
  }

  /// Grown over the parentheses directly around it.
  Reach with_parentheses(Reach reach) const {
    if (reach.empty()) return reach;
    while (reach.first > 0 && reader_.is_symbol(reach.last + 1, ')') && reader_.match(reach.last + 1) == reach.first - 1) {
      --reach.first;
      ++reach.last;
    }
    return reach;
  }

  /// To the closing bracket of the first one that opens at or behind a token.
  void add_brackets(Reach& own, TokenIndex from, char open = '(') const {
    if (from >= reader_.count()) return;
    own.add(from, from);
    TokenIndex i = from;
    for (int words = 0; words < 8 && i < reader_.count() && !reader_.is_symbol(i, open); ++words) ++i;
    if (const TokenIndex close = reader_.is_symbol(i, open) ? reader_.match(i) : reader_.count(); close < reader_.count()) own.add(from, close);
  }

  void add_word_behind(Reach& own, std::string_view word) const {
    if (!own.empty() && reader_.is(own.last + 1, word)) ++own.last;
  }

  // ---- nodes ----
  void child(ir::Expr& expr, const ::Node* node, Reach& own) { expr.args.push_back(read(node, own)); }

  void children(ir::Expr& expr, const List* nodes, Reach& own) {
    for (const ::Node* node : Items<>(nodes)) child(expr, node, own);
  }

  void fill(ir::Expr& expr, const ::Node* node, Reach& own) {
    switch (tag_of(node)) {
      case T_A_Const: return constant(expr, *as<A_Const>(node), own);
      case T_ColumnRef: return column(expr, *as<ColumnRef>(node), own);
      case T_ParamRef:
        expr.kind = ExprKind::parameter;
        expr.text = "$" + std::to_string(as<ParamRef>(node)->number);
        own = token(as<ParamRef>(node)->location);
        return;
      case T_A_Expr: return operation(expr, *as<A_Expr>(node), own);
      case T_BoolExpr: return logic(expr, *as<BoolExpr>(node), own);
      case T_NullTest: {
        const auto* test = as<NullTest>(node);
        expr.kind = test->nulltesttype == IS_NULL ? ExprKind::is_null : ExprKind::is_not_null;
        child(expr, as<::Node>(test->arg), own);
        return is_test(own, test->location);
      }
      case T_BooleanTest: {
        static constexpr std::array<std::string_view, 6> kTests = {"IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN"};
        const auto* test = as<BooleanTest>(node);
        expr.kind = ExprKind::boolean_test;
        expr.text = kTests.at(static_cast<std::size_t>(test->booltesttype));
        child(expr, as<::Node>(test->arg), own);
        return is_test(own, test->location);
      }
      case T_FuncCall: return call(expr, *as<FuncCall>(node), own);
      case T_TypeCast: return cast(expr, *as<TypeCast>(node), own);
      case T_CollateClause: {
        const auto* collate = as<CollateClause>(node);
        expr.kind = ExprKind::collate;
        expr.text = last_name(reader_, collate->collname);
        child(expr, collate->arg, own);
        const TokenIndex word = reader_.at(collate->location);
        if (word < reader_.count()) own.add(word, reader_.name_end(word + 1) - 1);
        return;
      }
      case T_CoalesceExpr: {
        const auto* coalesce = as<CoalesceExpr>(node);
        keyword_call(expr, "coalesce", coalesce->args, coalesce->location, own);
        return;
      }
      case T_MinMaxExpr: {
        const auto* extreme = as<MinMaxExpr>(node);
        keyword_call(expr, extreme->op == IS_GREATEST ? "greatest" : "least", extreme->args, extreme->location, own);
        return;
      }
      case T_SQLValueFunction: return value_function(expr, *as<SQLValueFunction>(node), own);
      case T_CaseExpr: return case_when(expr, *as<CaseExpr>(node), own);
      case T_A_ArrayExpr: {
        expr.kind = ExprKind::array;
        children(expr, as<A_ArrayExpr>(node)->elements, own);
        return add_brackets(own, reader_.at(as<A_ArrayExpr>(node)->location), '[');
      }
      case T_RowExpr: {
        expr.kind = ExprKind::row;
        children(expr, as<RowExpr>(node)->args, own);
        return add_brackets(own, reader_.at(as<RowExpr>(node)->location));
      }
      case T_List: {  // the row on a side of OVERLAPS, the list behind IN
        expr.kind = ExprKind::row;
        return children(expr, as<List>(node), own);
      }
      case T_SubLink: return subquery(expr, *as<SubLink>(node), own);
      case T_A_Indirection: return indirection(expr, *as<A_Indirection>(node), own);
      case T_NamedArgExpr: {
        const auto* named = as<NamedArgExpr>(node);
        expr.text = "named argument";  // kind opaque: its value is args[0]
        child(expr, as<::Node>(named->arg), own);
        own.add(token(named->location));
        return;
      }
      case T_SetToDefault:
        expr.text = "DEFAULT";
        own = token(as<SetToDefault>(node)->location);
        return;
      case T_MultiAssignRef:
        expr.text = "multiple assignment";
        return child(expr, as<MultiAssignRef>(node)->source, own);
      default: {  // XML, JSON and grouping functions, cursors: the server's set of nodes is open
        expr.text = "expression that is not modelled";
        const TokenIndex begin = reader_.at(location_of(node));
        if (begin < reader_.count()) {
          own.add(begin, begin);
          if (reader_.is_symbol(begin + 1, '(')) own.add(begin, std::min(reader_.match(begin + 1), reader_.count() - 1));
        }
        return;
      }
    }
  }

  void constant(ir::Expr& expr, const A_Const& value, Reach& own) {
    own = token(value.location);
    if (value.isnull) {
      expr.kind = ExprKind::null;
      return;
    }
    switch (tag_of(&value.val.node)) {
      case T_Integer: expr.kind = ExprKind::number; expr.text = std::to_string(value.val.ival.ival); break;
      case T_Float: expr.kind = ExprKind::number; expr.text = value.val.fval.fval; break;
      case T_Boolean: expr.kind = ExprKind::boolean; expr.text = value.val.boolval.boolval ? "true" : "false"; break;
      case T_BitString: expr.kind = ExprKind::string; expr.text = value.val.bsval.bsval; break;
      case T_String:
        expr.kind = ExprKind::string;
        expr.text = value.val.sval.sval;
        if (const std::string* source = reader_.masked(expr.text)) {
          expr.kind = ExprKind::parameter;
          expr.text = *source;
        }
        break;
      default: break;
    }
    // A sign that the grammar folded into the number: the location is the sign's.
    if (expr.kind == ExprKind::number && !own.empty() && reader_.token(own.first).kind == TokenKind::op) own.add(own.first, own.first + 1);
  }

  void column(ir::Expr& expr, const ColumnRef& reference, Reach& own) {
    const TokenIndex begin = reader_.at(reference.location);
    if (begin < reader_.count()) own.add(begin, reader_.name_end(begin) - 1);
    expr.kind = ExprKind::column;
    const Items<> fields(reference.fields);
    for (const ::Node* field : fields) {
      expr.names.push_back(tag_of(field) == T_A_Star ? "*" : reader_.str(as<::String>(field)->sval));
    }
    if (fields.size() != 1 || tag_of(fields[0]) != T_String || reader_.masked(as<::String>(fields[0])->sval) == nullptr) return;
    expr.kind = ExprKind::parameter;
    expr.text = std::move(expr.names.front());
    expr.names.clear();
  }

  void logic(ir::Expr& expr, const BoolExpr& logic, Reach& own) {
    switch (logic.boolop) {
      case AND_EXPR: expr.kind = ExprKind::logic_and; break;
      case OR_EXPR: expr.kind = ExprKind::logic_or; break;
      case NOT_EXPR:
        expr.kind = ExprKind::logic_not;
        own = token(logic.location);
        break;
    }
    children(expr, logic.args, own);
  }

  /// The words behind an operand: IS [NOT] word, ISNULL, NOTNULL.
  void is_test(Reach& own, int location) const {
    const TokenIndex word = reader_.at(location);
    if (word >= reader_.count()) return;
    TokenIndex last = word;
    if (reader_.is(word, "is")) last += reader_.is(word + 1, "not") ? 2 : 1;
    own.add(word, std::min(last, reader_.count() - 1));
  }

  void operation(ir::Expr& expr, const A_Expr& node, Reach& own) {
    expr.kind = ExprKind::op;
    expr.text = last_name(reader_, node.name);
    const bool negated = expr.text == "<>" || expr.text.starts_with("!");
    switch (node.kind) {
      case AEXPR_OP: break;
      case AEXPR_OP_ANY: expr.text += " ANY"; break;
      case AEXPR_OP_ALL: expr.text += " ALL"; break;
      case AEXPR_DISTINCT: expr.text = "IS DISTINCT FROM"; break;
      case AEXPR_NOT_DISTINCT: expr.text = "IS NOT DISTINCT FROM"; break;
      case AEXPR_NULLIF: {
        expr.kind = ExprKind::call;
        expr.name.name = "nullif";
        expr.text.clear();
        break;
      }
      case AEXPR_IN: expr.text = negated ? "NOT IN" : "IN"; break;
      case AEXPR_LIKE: expr.text = negated ? "NOT LIKE" : "LIKE"; break;
      case AEXPR_ILIKE: expr.text = negated ? "NOT ILIKE" : "ILIKE"; break;
      case AEXPR_SIMILAR: expr.text = negated ? "NOT SIMILAR TO" : "SIMILAR TO"; break;
      case AEXPR_BETWEEN: expr.text = "BETWEEN"; break;
      case AEXPR_NOT_BETWEEN: expr.text = "NOT BETWEEN"; break;
      case AEXPR_BETWEEN_SYM: expr.text = "BETWEEN SYMMETRIC"; break;
      case AEXPR_NOT_BETWEEN_SYM: expr.text = "NOT BETWEEN SYMMETRIC"; break;
    }
    if (node.lexpr != nullptr) child(expr, node.lexpr, own);
    const bool list = tag_of(node.rexpr) == T_List;
    if (list) {
      children(expr, as<List>(node.rexpr), own);
    } else if (node.rexpr != nullptr) {
      child(expr, node.rexpr, own);
    }
    own.add(token(node.location));
    const bool brackets = node.kind == AEXPR_IN || node.kind == AEXPR_OP_ANY || node.kind == AEXPR_OP_ALL || node.kind == AEXPR_NULLIF;
    if (brackets) add_brackets(own, reader_.at(node.location));
  }

  void keyword_call(ir::Expr& expr, std::string_view name, const List* args, int location, Reach& own) {
    expr.kind = ExprKind::call;
    expr.name.name = name;
    children(expr, args, own);
    add_brackets(own, reader_.at(location));
  }

  void call(ir::Expr& expr, const FuncCall& node, Reach& own) {
    expr.kind = ExprKind::call;
    expr.name = read_qualified(reader_, node.funcname);
    if (node.funcformat == COERCE_SQL_SYNTAX) expr.name.schema.clear();  // the grammar wrote pg_catalog, not the source
    if (node.agg_star) expr.text = "*";
    if (node.agg_distinct) expr.text = "distinct";
    children(expr, node.args, own);
    const TokenIndex begin = reader_.at(node.location);
    if (begin >= reader_.count()) return;
    if (node.funcformat == COERCE_SQL_SYNTAX && !own.empty() && own.first < begin) {  // x AT TIME ZONE z, x IS NORMALIZED
      own.add(begin, begin);
      if (expr.name.name == "is_normalized") is_test(own, node.location);
      return;
    }
    if (node.funcformat != COERCE_SQL_SYNTAX && !reader_.is_symbol(reader_.name_end(begin), '(')) {  // LIKE … ESCAPE and the like
      own.add(begin, begin);
      return;
    }
    add_brackets(own, begin);
    if (reader_.is(own.last + 1, "within")) add_brackets(own, own.last + 1);
    if (node.agg_filter != nullptr && reader_.is(own.last + 1, "filter")) add_brackets(own, own.last + 1);
    if (node.over != nullptr && reader_.is(own.last + 1, "over")) {
      if (reader_.is_symbol(own.last + 2, '(')) {
        add_brackets(own, own.last + 1);
      } else {
        own.add(own.first, std::min(own.last + 2, reader_.count() - 1));
      }
    }
  }

  void value_function(ir::Expr& expr, const SQLValueFunction& node, Reach& own) {
    expr.kind = ExprKind::call;
    own = token(node.location);
    if (own.empty()) return;
    for (const char c : reader_.word(own.first)) expr.name.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (node.typmod < 0) return;
    auto precision = std::make_shared<ir::Expr>();
    precision->kind = ExprKind::number;
    precision->text = std::to_string(node.typmod);
    precision->span = reader_.token_span(own.first + 2);
    expr.args.push_back(std::move(precision));
    add_brackets(own, own.first);
  }

  void cast(ir::Expr& expr, const TypeCast& node, Reach& own) {
    const ::Node* arg = node.arg;
    const bool keyword = node.location < 0 && node.typeName->location < 0;
    if (keyword && tag_of(arg) == T_A_Const && tag_of(&as<A_Const>(arg)->val.node) == T_Boolean) {  // TRUE, FALSE
      return constant(expr, *as<A_Const>(arg), own);
    }
    expr.kind = ExprKind::cast;
    expr.type = read_type(reader_, node.typeName);
    child(expr, arg, own);
    const TokenIndex type = reader_.at(node.typeName->location);
    if (type < reader_.count()) own.add(type, type_end(reader_, type) - 1);
    if (reader_.is(reader_.at(node.location), "cast")) {
      add_brackets(own, reader_.at(node.location));
    } else if (expr.type.name == "interval" && type < reader_.count() && node.location < 0) {  // INTERVAL '1' DAY TO SECOND
      while (!own.empty() && (is_interval_field(reader_, own.last + 1) || reader_.is(own.last + 1, "to"))) ++own.last;
    }
  }

  void case_when(ir::Expr& expr, const CaseExpr& node, Reach& own) {
    expr.kind = ExprKind::case_when;
    own = token(node.location);
    const ir::ExprPtr subject = node.arg == nullptr ? nullptr : read(as<::Node>(node.arg), own);
    for (const CaseWhen* when : Items<CaseWhen>(node.args)) {
      if (subject == nullptr) {
        child(expr, as<::Node>(when->expr), own);
      } else {
        auto condition = std::make_shared<ir::Expr>();
        condition->kind = ExprKind::op;
        condition->text = "=";
        condition->args = {subject, read(as<::Node>(when->expr), own)};
        condition->span = condition->args.back()->span;
        expr.args.push_back(std::move(condition));
      }
      child(expr, as<::Node>(when->result), own);
    }
    if (node.defresult != nullptr) child(expr, as<::Node>(node.defresult), own);
    add_word_behind(own, "end");
  }

  void subquery(ir::Expr& expr, const SubLink& node, Reach& own) {
    const TokenIndex begin = reader_.at(node.location);
    auto query = std::make_shared<ir::Expr>();
    query->kind = ExprKind::subquery;
    Reach inner;
    add_brackets(inner, begin);
    query->span = inner.empty() ? Span{} : reader_.span(inner.first, inner.last + 1);
    if (node.testexpr == nullptr) {
      expr = *query;
      expr.text = node.subLinkType == EXISTS_SUBLINK ? "EXISTS (SELECT …)" : node.subLinkType == ARRAY_SUBLINK ? "ARRAY(SELECT …)" : "";
    } else {
      expr.kind = ExprKind::op;
      const bool in = node.subLinkType == ANY_SUBLINK && node.operName == nullptr;
      expr.text = in ? "IN" : last_name(reader_, node.operName) + (node.subLinkType == ALL_SUBLINK ? " ALL" : " ANY");
      child(expr, node.testexpr, own);
      expr.args.push_back(std::move(query));
    }
    own.add(inner);
  }

  void indirection(ir::Expr& expr, const A_Indirection& node, Reach& own) {
    expr.kind = ExprKind::subscript;
    child(expr, node.arg, own);
    for (const ::Node* item : Items<>(node.indirection)) {
      const TokenIndex next = own.empty() ? reader_.count() : own.last + 1;
      if (tag_of(item) == T_A_Indices) {
        const auto* indices = as<A_Indices>(item);
        Reach inside;
        if (indices->lidx != nullptr) child(expr, indices->lidx, inside);
        if (indices->uidx != nullptr) child(expr, indices->uidx, inside);
        if (reader_.is_symbol(next, '[')) own.add(next, std::min(reader_.match(next), reader_.count() - 1));
      } else {
        expr.text = tag_of(item) == T_A_Star ? "*" : reader_.str(as<::String>(item)->sval);
        if (reader_.is_symbol(next, '.')) own.add(next, std::min(next + 1, reader_.count() - 1));
      }
    }
  }

  const Reader& reader_;
  int depth_ = 0;
};

}  // namespace

ir::ExprPtr read_expr(const Reader& reader, const ::Node* node) {
  Reach reach;
  return ExprReader(reader).read(node, reach);
}

std::vector<ir::ExprPtr> read_exprs(const Reader& reader, const List* nodes) {
  std::vector<ir::ExprPtr> list;
  for (const ::Node* node : Items<>(nodes)) list.push_back(read_expr(reader, node));
  return list;
}

}  // namespace whimbrel::sql
