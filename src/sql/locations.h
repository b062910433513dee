// Where nodes of expressions stand in the text.
#pragma once

#include "server.h"

namespace whimbrel::sql {

/// A node's own location; -1 for one without. Not the server's exprLocation(): that looks for the leftmost part, by a recursion
/// without a bound.
int location_of(const ::Node* node);

}  // namespace whimbrel::sql
