// Scalar expressions as written: a small closed tree with spans. Defaults, CHECKs, USING, predicates, partition bounds.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/ir/names.h"
#include "whimbrel/ir/type_name.h"

namespace whimbrel::ir {

struct Expr;
/// Trees are immutable and shared between operations and the catalog. Null means: there is none.
using ExprPtr = std::shared_ptr<const Expr>;

enum class ExprKind : std::uint8_t {
  null,        ///< NULL
  boolean,     ///< text "true" or "false"
  number,      ///< text as written, sign included where the parser folded it
  string,      ///< text is the decoded value; bit strings keep their prefix letter (b'01' → "b01")
  column,      ///< names: [table,] column, or "*"
  parameter,   ///< $1, :name
  call,        ///< name(args); keyword functions too: CURRENT_TIMESTAMP, COALESCE, NULLIF, GREATEST, LEAST, EXTRACT
  op,          ///< `text` operator over args (1 = prefix); also LIKE, ILIKE, BETWEEN, IN (args[0] IN args[1..]), IS DISTINCT FROM, AT TIME ZONE is a call timezone()
  logic_and,
  logic_or,
  logic_not,
  is_null,
  is_not_null,
  boolean_test,  ///< text "IS TRUE", "IS NOT FALSE", …
  cast,          ///< args[0] :: type
  collate,       ///< args[0] COLLATE text
  case_when,     ///< args: condition, result, condition, result, …, else (odd last one); CASE x WHEN puts x = … in the conditions
  array,         ///< ARRAY[args]
  row,           ///< ROW(args)
  subscript,     ///< args[0][args[1]…] or field selection (text = field)
  subquery,      ///< (SELECT …), EXISTS: not modelled further
  opaque,        ///< valid, not modelled; `text` says what. args hold what could be read of it
};

struct Expr {
  ExprKind kind = ExprKind::opaque;
  Span span;
  std::string text;            ///< constant, operator, collation or description, by kind
  QualifiedName name;          ///< call: the function; schema only where written
  std::vector<std::string> names;  ///< column reference parts
  TypeName type;               ///< cast
  std::vector<ExprPtr> args;
};

/// SQL of our own making, deterministic, with the fewest parentheses that keep the meaning. For messages and `schema`.
std::string to_sql(const Expr& expr);
/// Whether two trees say the same: spans, parentheses and redundant casts of constants do not count.
bool same_meaning(const Expr& left, const Expr& right);
/// Calls `visit` on the tree's nodes, parents first. Depth is bounded by the parser.
template <class Visit>
void for_each_node(const Expr& expr, Visit&& visit) {
  visit(expr);
  for (const ExprPtr& arg : expr.args) {
    if (arg) for_each_node(*arg, visit);
  }
}

}  // namespace whimbrel::ir
