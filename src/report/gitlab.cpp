// GitLab's code quality report: a JSON array of issues, shown on the merge request.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "formats.h"
#include "json_parts.h"
#include "locator.h"
#include "whimbrel/base/canonical.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

/// GitLab knows info, minor, major, critical and blocker.
std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::error: return "critical";
    case Severity::warning: return "major";
    case Severity::info: return "info";
  }
  return "info";
}

/// There is no place for a count in this format: one issue says it, at the first of the places.
nlohmann::ordered_json unknown_issue(const Report& report, Locator& locator) {
  const UnknownPlace& first = report.unknown.front();
  const Range range = locator.range(first.span);
  nlohmann::ordered_json issue;
  issue["description"] = unknown_sentence(report.summary.unknown);
  issue["check_name"] = "unknown";
  issue["fingerprint"] = stable_hash(fmt::format("unknown\n{}", printable(locator.path(first.span))));
  issue["severity"] = "info";
  issue["location"]["path"] = printable(locator.path(first.span));
  issue["location"]["lines"]["begin"] = range.begin.line;
  issue["location"]["lines"]["end"] = range.end.line;
  issue["content"]["body"] = printable(first.reason);
  return issue;
}

}  // namespace

void write_gitlab(std::ostream& out, const Report& report, const Sources& sources) {
  Locator locator(sources);
  out << '[';
  const char* separator = "\n";
  for (const Finding& finding : report.findings) {
    const RuleInfo& rule = rule_info(finding.rule);
    const Range range = locator.range(finding.span);
    nlohmann::ordered_json issue;
    issue["description"] = printable(finding.message);
    issue["check_name"] = rule.name;
    issue["fingerprint"] = finding.fingerprint;
    issue["severity"] = gitlab_severity(finding.severity);
    issue["location"]["path"] = printable(locator.path(finding.span));
    issue["location"]["lines"]["begin"] = range.begin.line;
    issue["location"]["lines"]["end"] = range.end.line;
    const std::string help = help_of(finding);
    if (!help.empty()) issue["content"]["body"] = printable(help, "\n");
    out << separator << dump(issue);
    separator = ",\n";
  }
  if (!report.unknown.empty()) out << separator << dump(unknown_issue(report, locator));
  out << "\n]\n";
}

}  // namespace whimbrel::report
