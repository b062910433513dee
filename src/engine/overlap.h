// Where several rules meet on one piece of source, one speaks.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "whimbrel/finding/finding.h"

namespace whimbrel::engine {

/// Takes away findings whose rule yields (`yields_to` in its TOML) to one that speaks of the same statement at the same place. Their
/// labels join the finding that stays. Then leaves the first of each part to rules that speak `once`. A comment that hides that one hides both: so this comes before suppressions.
/// Gives which rules yielded to which.
std::set<std::pair<RuleId, RuleId>> settle_overlaps(std::vector<Finding>& findings);

}  // namespace whimbrel::engine
