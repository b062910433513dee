// A baseline: the findings that a project had when it adopted the tool, which are silent from then on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/result.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/finding/report.h"

namespace whimbrel::engine {

/// One finding. It is known by its fingerprint alone; the rest is for people, and tells what became of it.
struct BaselineEntry {
  std::string file;          ///< relative to the baseline's folder
  std::string rule;
  std::string statement;     ///< the beginning of what it is about
  std::string fingerprint;
  Span span{};               ///< of its line in the baseline's text; the file is not set
};

struct Baseline {
  std::string path;          ///< as the user would write it
  std::string text;
  std::vector<BaselineEntry> entries;
};

/// Reads a baseline's text. The error is one sentence that names the file.
Result<Baseline> parse_baseline(std::string path, std::string text);
/// The same for a file; with `may_be_missing` one that is not there is empty.
Result<Baseline> read_baseline(const std::string& path, bool may_be_missing = false);

/// What the baseline should say after a run that found `report` (before any baseline was applied): what the run looked at is replaced by what it
/// found, entries about all else stay. One entry a line, sorted: two branches that add entries merge.
std::string updated_baseline(const Baseline& before, const Report& report, const Project& project, const std::vector<RuleId>& rules);

/// Takes away the findings that the baseline has (they count as suppressed), and reports entries that this run should have met and did not. The
/// baseline's text becomes a source of the project, where such findings lie.
void apply_baseline(Report& report, const Baseline& baseline, Project& project, const std::vector<RuleId>& rules);

}  // namespace whimbrel::engine
