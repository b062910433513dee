// Replays the histories past the rules and settles what they found.
#pragma once

#include "whimbrel/engine/project.h"
#include "whimbrel/finding/report.h"
#include "whimbrel/history/locks.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::engine {

/// Findings after selection, suppressions, severities; sorted. `rules` from `selected_rules`.
Report check(const Project& project, const std::vector<RuleId>& rules);

/// One row a statement of what was asked for, in the histories' order.
std::vector<history::LockRow> lock_rows(const Project& project);

/// The catalog after the whole history, or after the migration `at` (empty: all). An unknown id is an error.
Result<catalog::Catalog> schema_at(const Project& project, std::string_view at);

}  // namespace whimbrel::engine
