// Where nodes of expressions stand in the text.
#include "locations.h"

namespace whimbrel::sql {

int location_of(const ::Node* node) {
  switch (tag_of(node)) {
    case T_A_Expr: return as<A_Expr>(node)->location;
    case T_BoolExpr: return as<BoolExpr>(node)->location;
    case T_FuncCall: return as<FuncCall>(node)->location;
    case T_TypeCast: return as<TypeCast>(node)->location;
    case T_CollateClause: return as<CollateClause>(node)->location;
    case T_SubLink: return as<SubLink>(node)->location;
    case T_NullTest: return as<NullTest>(node)->location;
    case T_BooleanTest: return as<BooleanTest>(node)->location;
    case T_CaseExpr: return as<CaseExpr>(node)->location;
    case T_ColumnRef: return as<ColumnRef>(node)->location;
    case T_A_Const: return as<A_Const>(node)->location;
    case T_XmlExpr: return as<XmlExpr>(node)->location;
    case T_XmlSerialize: return as<XmlSerialize>(node)->location;
    case T_GroupingFunc: return as<GroupingFunc>(node)->location;
    case T_MergeSupportFunc: return as<MergeSupportFunc>(node)->location;
    case T_JsonFuncExpr: return as<JsonFuncExpr>(node)->location;
    case T_JsonParseExpr: return as<JsonParseExpr>(node)->location;
    case T_JsonScalarExpr: return as<JsonScalarExpr>(node)->location;
    case T_JsonSerializeExpr: return as<JsonSerializeExpr>(node)->location;
    case T_JsonObjectConstructor: return as<JsonObjectConstructor>(node)->location;
    case T_JsonArrayConstructor: return as<JsonArrayConstructor>(node)->location;
    case T_JsonArrayQueryConstructor: return as<JsonArrayQueryConstructor>(node)->location;
    case T_JsonObjectAgg: return as<JsonObjectAgg>(node)->constructor->location;
    case T_JsonArrayAgg: return as<JsonArrayAgg>(node)->constructor->location;
    case T_JsonIsPredicate: return as<JsonIsPredicate>(node)->location;
    default: return -1;
  }
}

}  // namespace whimbrel::sql
