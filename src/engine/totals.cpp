// What a report says of itself once its findings are settled: their order, their fingerprints, their number.
#include "totals.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "whimbrel/finding/fingerprint.h"

namespace whimbrel::engine {

namespace {

auto in_order(const Finding& finding) {
  return std::tuple(finding.span.file, finding.span.begin, finding.rule, finding.span.end, std::string_view(finding.message));
}

}  // namespace

void settle_order(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, {}, in_order);
  const auto doubles = std::ranges::unique(findings, {}, in_order);
  findings.erase(doubles.begin(), doubles.end());
}

void settle_totals(Report& report, const Sources& sources) {
  settle_order(report.findings);
  set_fingerprints(report.findings, sources);
  report.summary.errors = report.summary.warnings = report.summary.infos = 0;
  for (const Finding& finding : report.findings) {
    switch (finding.severity) {
      case Severity::error: ++report.summary.errors; break;
      case Severity::warning: ++report.summary.warnings; break;
      case Severity::info: ++report.summary.infos; break;
    }
  }
  report.summary.unknown = static_cast<std::uint32_t>(report.unknown.size());
}

}  // namespace whimbrel::engine
