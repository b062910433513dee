// Columns, constraints, index elements and partition bounds.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// A column as in CREATE TABLE; it reaches to the token `end`.
ir::ColumnDef read_column(const Reader& reader, const ::ColumnDef* column, TokenIndex end);
/// A constraint whose clause reaches to the token `end`.
ir::Constraint read_constraint(const Reader& reader, const ::Constraint* constraint, TokenIndex end);
/// DEFERRABLE, NOT VALID, … that the grammar keeps apart behind a column's constraint.
void apply_attribute(ir::Constraint& constraint, ConstrType attribute);

/// Elements in the list that opens at the token `open`.
std::vector<ir::IndexElement> read_index_elements(const Reader& reader, const List* elements, TokenIndex open);
ir::PartitionBy read_partition_by(const Reader& reader, const PartitionSpec* spec);
ir::PartitionBound read_partition_bound(const Reader& reader, const PartitionBoundSpec* bound);

}  // namespace whimbrel::sql
