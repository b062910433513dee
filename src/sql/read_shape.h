// What the output columns of a query are made of.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// Null for what is not a SELECT or VALUES (EXECUTE, a data-modifying statement), or is nested too deep.
ir::SelectShapePtr read_shape(const Reader& reader, const ::Node* node);

}  // namespace whimbrel::sql
