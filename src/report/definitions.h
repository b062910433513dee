// What an index or a constraint is, in the words of CREATE INDEX and ALTER TABLE … ADD: runnable, as pg_get_indexdef says it.
#pragma once

#include <string>
#include <vector>

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::report {

/// `CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email)) WHERE …`.
std::string index_definition(const catalog::Index& index);
/// `CHECK (price > 0) NOT VALID`, without its name. An exclusion constraint's elements are those of its index.
std::string constraint_definition(const catalog::Catalog& catalog, const catalog::Relation& table, const catalog::Constraint& constraint);
/// `RANGE (created_at)`; empty for what is not partitioned.
std::string partition_key(const ir::PartitionBy& partition_by);
/// `FOR VALUES IN ('a')` or `DEFAULT`.
std::string partition_bound(const ir::PartitionBound& bound);
/// ` WITH (fillfactor=70)`; empty where there are none.
std::string with_options(const std::vector<ir::Option>& options);

}  // namespace whimbrel::report
