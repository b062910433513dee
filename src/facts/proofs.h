// What constraints prove without reading the table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/catalog/objects.h"
#include "whimbrel/ir/expr.h"

namespace whimbrel::facts {

/// Whether the expression, being not false, says that the column is not NULL: IS NOT NULL, NOT (c IS NULL),
/// IS DISTINCT FROM NULL; in an AND one is enough, in an OR all must. `c > 0` does not (predicate_implied_by, weak
/// form).
bool says_not_null(const ir::Expr& expr, std::string_view column);

/// Whether the valid CHECKs of the table imply that every row fits the bound of the keys (columns of the parent, same
/// names).
bool implies_bound(const catalog::Relation& table, const ir::PartitionBy& keys, const ir::PartitionBound& bound);
/// Whether they imply that no row fits it: then a default partition need not be read.
bool excludes_bound(const catalog::Relation& table, const ir::PartitionBy& keys, const ir::PartitionBound& bound);

/// Whether two bounds of one partitioned table surely overlap (42P17).
bool bounds_overlap(const ir::PartitionBound& left, const ir::PartitionBound& right);

}  // namespace whimbrel::facts
