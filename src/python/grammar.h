// The grammar's own names for nodes and fields, turned into ours once.
#pragma once

#include <cstdint>

#include "whimbrel/python/syntax.h"

extern "C" {
struct TSLanguage;
const TSLanguage* tree_sitter_python(void);
}

namespace whimbrel::python {

/// `symbol` is the grammar's number of a named node.
NodeKind kind_of_symbol(std::uint16_t symbol);
/// `field` is the grammar's number of a field; 0 is none.
Field kind_of_field(std::uint16_t field);

}  // namespace whimbrel::python
