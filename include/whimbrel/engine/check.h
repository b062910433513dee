// Replays the histories past the rules and settles what they found.
#pragma once

#include <cstdint>
#include <functional>

#include "whimbrel/engine/project.h"
#include "whimbrel/finding/report.h"
#include "whimbrel/history/locks.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::engine {

/// Whether a report also says of each judged migration what it does (`Report::migrations`).
enum class Summaries : std::uint8_t { without, with };

/// Findings after selection, suppressions, severities; sorted. `rules` from `selected_rules`. The project is as before when it returns.
Report check(Project& project, const std::vector<RuleId>& rules, Summaries summaries = Summaries::without);

/// One row a statement of what was asked for, in the histories' order.
std::vector<history::LockRow> lock_rows(const Project& project);

/// The catalog after the whole history, or after the migration `at` (empty: all). An unknown id is an error.
Result<catalog::Catalog> schema_at(const Project& project, std::string_view at);

/// Calls `visit` with the catalog after each migration of each history, and with the one after its down part, which is then undone; of
/// a migration the down part comes first.
void each_schema(const Project& project, const std::function<void(const ir::Migration&, ir::Direction, const catalog::Catalog&)>& visit);

}  // namespace whimbrel::engine
