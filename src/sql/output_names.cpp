// The names that PostgreSQL gives output columns without AS (FigureColname in the server's parse_target.c).
#include "read_expr.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

constexpr int kDeepest = 400;

/// A name, and whether a cast or CASE around it keeps it.
struct Figure {
  std::string name = "?column?";
  bool strong = false;
};

std::string lower(std::string_view word) {
  std::string name(word);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

Figure figure(const Reader& reader, const ::Node* node, int depth) {
  if (depth > kDeepest) return {};
  switch (tag_of(node)) {
    case T_ColumnRef: {
      const Items<> fields(as<ColumnRef>(node)->fields);
      const ::Node* last = fields[fields.size() - 1];
      return {tag_of(last) == T_String ? reader.str(as<::String>(last)->sval) : "*", true};
    }
    case T_FuncCall: return {last_name(reader, as<FuncCall>(node)->funcname), true};
    case T_TypeCast: {
      Figure inner = figure(reader, as<TypeCast>(node)->arg, depth + 1);
      return inner.strong ? inner : Figure{last_name(reader, as<TypeCast>(node)->typeName->names), false};
    }
    case T_CollateClause: return figure(reader, as<CollateClause>(node)->arg, depth + 1);
    case T_A_Indirection: {
      Figure field;
      for (const ::Node* item : Items<>(as<A_Indirection>(node)->indirection)) {
        if (tag_of(item) == T_String) field = {reader.str(as<::String>(item)->sval), true};
      }
      return field.strong ? field : figure(reader, as<A_Indirection>(node)->arg, depth + 1);
    }
    case T_CaseExpr: {
      Figure otherwise = figure(reader, as<::Node>(as<CaseExpr>(node)->defresult), depth + 1);
      return otherwise.strong ? otherwise : Figure{"case", false};
    }
    case T_CoalesceExpr: return {"coalesce", true};
    case T_MinMaxExpr: return {as<MinMaxExpr>(node)->op == IS_GREATEST ? "greatest" : "least", true};
    case T_A_ArrayExpr: return {"array", true};
    case T_RowExpr: return {"row", true};
    case T_GroupingFunc: return {"grouping", true};
    case T_SubLink: {
      const auto* link = as<SubLink>(node);
      if (link->subLinkType == EXISTS_SUBLINK) return {"exists", true};
      if (link->subLinkType == ARRAY_SUBLINK) return {"array", true};
      if (link->subLinkType != EXPR_SUBLINK || tag_of(link->subselect) != T_SelectStmt) return {};
      const Items<ResTarget> targets(as<SelectStmt>(link->subselect)->targetList);
      if (targets.size() == 0) return {};
      if (targets[0]->name != nullptr) return {reader.str(targets[0]->name), true};
      return figure(reader, targets[0]->val, depth + 1);
    }
    case T_SQLValueFunction: return {lower(reader.word(reader.at(as<SQLValueFunction>(node)->location))), true};
    case T_A_Expr: return as<A_Expr>(node)->kind == AEXPR_NULLIF ? Figure{"nullif", true} : Figure{};
    default: return {};
  }
}

}  // namespace

std::string output_name(const Reader& reader, const ::Node* node) { return figure(reader, node, 0).name; }

}  // namespace whimbrel::sql
