// JUnit's XML: a test case for each finding, failed from a warning on; one that passes where there is none.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "formats.h"
#include "locator.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

/// Text for an element or an attribute in double quotes. `printable` leaves no control character but the line ends that are asked for.
std::string xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace

void write_junit(std::ostream& out, const Report& report, const Sources& sources) {
  Locator locator(sources);
  const auto fails = [](const Finding& finding) { return finding.severity != Severity::info; };
  const auto failures = std::ranges::count_if(report.findings, fails);
  const std::size_t tests = std::max<std::size_t>(report.findings.size(), 1);
  out << fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"whimbrel\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n", tests, failures);
  if (report.summary.unknown > 0) {
    out << fmt::format("    <properties>\n      <property name=\"unknown\" value=\"{}\"/>\n    </properties>\n", report.summary.unknown);
  }
  if (report.findings.empty()) out << fmt::format("    <testcase name=\"{} migrations\" classname=\"whimbrel\"/>\n", report.summary.migrations);
  for (const Finding& finding : report.findings) {
    const RuleInfo& rule = rule_info(finding.rule);
    const Position place = locator.range(finding.span).begin;
    const std::string path = xml(printable(locator.path(finding.span)));
    const std::string message = xml(printable(finding.message));
    out << fmt::format("    <testcase name=\"{} at {}:{}:{}\" classname=\"{}\" file=\"{}\" line=\"{}\">\n", rule.name, path, place.line, place.column, path, path, place.line);
    std::string body = fmt::format("{}:{}:{}: {}\n{}", path, place.line, place.column, severity_name(finding.severity), message);
    for (const FindingLock& lock : finding.locks) body += "\nlock: " + xml(printable(lock_sentence(lock.relation, lock.mode)));
    body += "\ninstead:\n" + xml(printable(help_of(finding), "\n"));
    if (fails(finding)) {
      out << fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", rule.code, message, body);
    } else {
      out << fmt::format("      <system-out>{}</system-out>\n", body);
    }
    out << "    </testcase>\n";
  }
  if (report.summary.unknown > 0) out << fmt::format("    <system-out>{}</system-out>\n", unknown_sentence(report.summary.unknown));
  out << "  </testsuite>\n</testsuites>\n";
}

}  // namespace whimbrel::report
