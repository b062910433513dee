// From an index or key as written to the catalog's index, and whether two indexes are the same.
#pragma once

#include "whimbrel/catalog/objects.h"

namespace whimbrel::catalog {

/// Without name, table and origin.
Index index_from(const ir::op::CreateIndex& written);
/// The index behind PRIMARY KEY, UNIQUE, EXCLUDE.
Index index_from(const ir::Constraint& written);
/// Whether an index of a partition can serve as part of the partitioned one: CompareIndexInfo() in catalog/index.c.
bool same_definition(const Index& left, const Index& right);

}  // namespace whimbrel::catalog
