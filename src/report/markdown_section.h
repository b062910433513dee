// One section of the Markdown report: a migration, or findings that belong to none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "locator.h"
#include "risk.h"

namespace whimbrel::report {

enum class Detail : std::uint8_t { brief, full };   ///< brief: findings without what to write instead, few items of each list

/// Sections begin with an empty line and end in a newline.
class SectionWriter {
 public:
  explicit SectionWriter(const Sources& sources) : locator_(sources) {}

  std::string migration(const MigrationSummary& summary, const std::vector<const Finding*>& findings, const RiskSentence& risk, Detail detail);
  std::string others(const std::vector<const Finding*>& findings, Detail detail);

 private:
  std::string changes(const MigrationSummary& summary, std::size_t most);
  std::string way_back(const MigrationSummary& summary, std::size_t most);
  std::string locks(const MigrationSummary& summary, const std::vector<const Finding*>& findings, std::size_t most);
  std::string finding(const Finding& finding, Detail detail);
  std::string findings_list(const std::vector<const Finding*>& findings, Detail detail);
  std::string to_confirm(const MigrationSummary& summary, std::size_t most);
  std::string line_of(Span span);

  Locator locator_;
};

}  // namespace whimbrel::report
