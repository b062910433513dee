// Whether pieces of the catalog are the same before and after, as far as that can be told.
#pragma once

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

/// Unknown where a piece is not modelled (a sub-select) and the texts differ.
Tri same_expression(const ExprPtr& left, const ExprPtr& right);
/// Unknown where one of them is not known. A name with and without its schema is the same type.
Tri same_type(const ir::TypeName& left, const ir::TypeName& right);
/// Everything but the name, the origin and validity.
Tri same_constraint(const Constraint& left, const Constraint& right);
/// Everything but the name, the origin and validity.
Tri same_index(const Index& left, const Index& right);
bool same_options(const std::vector<ir::Option>& left, const std::vector<ir::Option>& right);
/// Bodies of functions, blanks left aside.
bool same_body(const Function& left, const Function& right);

}  // namespace whimbrel::catalog
