// What queries read, write and call.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// A SELECT, VALUES, INSERT, UPDATE, DELETE or MERGE (or EXECUTE: nothing is known of it). The target of the statement itself is
/// neither in `reads` nor in `writes`.
ir::Query read_query(Reader& reader, const ::Node* node, Span span);
/// All relations that any piece of a tree names, for statements that are not modelled.
std::vector<ir::RelationName> relations_in(Reader& reader, const ::Node* node);

}  // namespace whimbrel::sql
