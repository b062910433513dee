// What a run found, settled: what every output format prints.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "whimbrel/finding/finding.h"
#include "whimbrel/finding/summary.h"

namespace whimbrel {

struct UnknownPlace {
  Span span;
  std::string reason;
};

struct Summary {
  std::uint32_t files = 0;
  std::uint32_t migrations = 0;
  std::uint32_t operations = 0;
  std::uint32_t errors = 0;
  std::uint32_t warnings = 0;
  std::uint32_t infos = 0;
  std::uint32_t unknown = 0;
};

/// Findings are sorted by path, position, code; suppressed and unselected ones are gone.
struct Report {
  int pg_version = 14;
  std::vector<Finding> findings;
  std::uint32_t suppressed = 0;
  std::set<std::pair<RuleId, RuleId>> yielded;   ///< which rules were silent because which others spoke of the same place
  std::vector<UnknownPlace> unknown;
  std::vector<std::string> notes;       ///< for stderr: skipped files and the like
  std::vector<std::string> troubles;    ///< for stderr, exit code 2: unusable paths
  Summary summary;
  std::vector<MigrationSummary> migrations;   ///< only where they were asked for
};

}  // namespace whimbrel
