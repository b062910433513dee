// What the grammar takes and Python does not: statements of one block that do not stand below each other.
#pragma once

#include <vector>

#include "whimbrel/python/syntax.h"

namespace whimbrel::python {

/// The places where Python would raise an IndentationError, in the order of the tree: tree-sitter's scanner closes and opens blocks by columns
/// alone and takes them all ("Indentation" in The Python Language Reference, section 2.1.8).
std::vector<SyntaxError> bad_indentation(const Tree& tree);

}  // namespace whimbrel::python
