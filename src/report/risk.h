// How risky a migration is, and what only a person can confirm about it: from what it does and from its findings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/finding/finding.h"
#include "whimbrel/finding/summary.h"

namespace whimbrel::report {

enum class Risk : std::uint8_t { low, medium, high };
std::string_view risk_name(Risk risk);

struct RiskSentence {
  Risk risk = Risk::low;
  std::vector<std::string> reasons;   ///< Markdown, the first ones of the highest risk; at least one
};

/// A lock that lasts as long as work that grows with the data.
bool is_long(const FeltLock& lock);
RiskSentence risk_of(const MigrationSummary& summary, const std::vector<const Finding*>& findings);

}  // namespace whimbrel::report
