// How risky a migration is, from what it does and from its findings.
#include "risk.h"

#include <fmt/format.h>

#include <algorithm>

#include "locator.h"
#include "markdown_text.h"

namespace whimbrel::report {
namespace {

constexpr std::size_t kMostReasons = 2;

class Reasons {
 public:
  void add(Risk risk, std::string reason) {
    if (risk < sentence_.risk) return;
    if (risk > sentence_.risk) sentence_.reasons.clear();
    sentence_.risk = risk;
    if (std::ranges::find(sentence_.reasons, reason) == sentence_.reasons.end()) sentence_.reasons.push_back(std::move(reason));
  }
  RiskSentence take() && {
    if (sentence_.reasons.empty()) sentence_.reasons.emplace_back("no lock that others feel for more than a moment, and nothing is lost");
    if (sentence_.reasons.size() > kMostReasons) sentence_.reasons.resize(kMostReasons);
    return std::move(sentence_);
  }

 private:
  RiskSentence sentence_;
};

}  // namespace

std::string_view risk_name(Risk risk) {
  switch (risk) {
    case Risk::low: return "low";
    case Risk::medium: return "medium";
    case Risk::high: return "high";
  }
  return "";
}

bool is_long(const FeltLock& lock) { return !lock.work.empty(); }

RiskSentence risk_of(const MigrationSummary& summary, const std::vector<const Finding*>& findings) {
  Reasons reasons;
  if (!summary.failure.empty()) reasons.add(Risk::high, "it fails: " + markdown_text(summary.failure));
  for (const FeltLock& lock : summary.locks) {
    if (is_long(lock)) {
      reasons.add(Risk::high, fmt::format("{} of {} wait while it {}", blocked_by(lock.mode), markdown_code(lock.relation), markdown_text(lock.work)));
    }
  }
  for (const Loss& loss : summary.lost) {
    reasons.add(loss.everything ? Risk::high : Risk::medium, fmt::format("{} {} are lost", loss.what, markdown_code(loss.name)));
  }
  for (const Finding* finding : findings) {
    if (finding->severity == Severity::error && !finding->down) reasons.add(Risk::high, markdown_text(finding->message));
  }
  if (!summary.gone.empty()) reasons.add(Risk::medium, fmt::format("code that still uses {} breaks", markdown_code(summary.gone.front())));
  if (!summary.doubts.empty()) reasons.add(Risk::medium, "whether it works depends on the rows that are there");
  for (const Finding* finding : findings) {
    if (finding->severity == Severity::warning || (finding->down && finding->severity == Severity::error)) reasons.add(Risk::medium, markdown_text(finding->message));
  }
  if (!summary.unknown.empty()) reasons.add(Risk::medium, "some of it could not be read");
  return std::move(reasons).take();
}

}  // namespace whimbrel::report
