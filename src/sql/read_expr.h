// Expressions of the raw tree as ours, with the bytes that each one covers.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// Null for a null node. What is not modelled, or nested too deep, is ExprKind::opaque.
ir::ExprPtr read_expr(const Reader& reader, const ::Node* node);
/// The items of a list.
std::vector<ir::ExprPtr> read_exprs(const Reader& reader, const List* nodes);
/// The name that PostgreSQL gives an output column without AS.
std::string output_name(const Reader& reader, const ::Node* node);

}  // namespace whimbrel::sql
