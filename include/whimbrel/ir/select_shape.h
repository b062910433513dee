// What the columns of a query's result are made of: enough to name and type the columns of views and of tables made from queries.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "whimbrel/ir/expr.h"
#include "whimbrel/ir/names.h"

namespace whimbrel::ir {

struct SelectShape;
using SelectShapePtr = std::shared_ptr<const SelectShape>;

enum class SubSelect : std::uint8_t { none, value, array, boolean };

/// One item of the SELECT list. A star is an expression of kind column whose last name is "*".
struct SelectOutput {
  std::string name;
  ExprPtr expr;
  SubSelect sub_select = SubSelect::none;   ///< the item is a sub-select itself: of which kind
  SelectShapePtr query{};                   ///< and what it gives
};

/// Something in FROM, joins taken apart.
struct SelectSource {
  std::string alias;
  QualifiedName relation{};                 ///< empty: a sub-select or CTE (`query`), or something whose columns are not known
  SelectShapePtr query{};
  std::vector<std::string> columns{};       ///< AS alias (a, b): the first columns' names
  std::vector<std::string> merged{};        ///< JOIN … USING (…) with what stands before it: these columns appear once, in front
  bool natural = false;
};

struct SelectShape {
  std::vector<SelectOutput> outputs;
  std::vector<SelectSource> from;
  SelectShapePtr other{};                   ///< the second arm of UNION, INTERSECT, EXCEPT
};

}  // namespace whimbrel::ir
