// Indexes that a partition must have because its parent has them.
#pragma once

#include <vector>

#include "gather.h"
#include "world.h"

namespace whimbrel::facts {

struct MissingIndex {
  QualifiedName name;  ///< as PostgreSQL will name it
  Cause cause = Cause::index;
};

/// The parent's indexes and keys for which the table has none that is equal: they are built on it.
std::vector<MissingIndex> missing_indexes(const World& world, const catalog::Relation& parent, const Target& part);

/// A new partition beside a default one: ACCESS EXCLUSIVE on the default partition, and a scan unless a CHECK excludes
/// the bound.
void lock_and_check_default(Gather& gather, const World& world, const catalog::Relation& parent,
                            const catalog::Relation& partition, const ir::PartitionBound& bound);

}  // namespace whimbrel::facts
