// The formats of one line a finding: GitHub workflow commands and gcc's diagnostics.
#include <fmt/format.h>

#include <ostream>
#include <string>

#include "formats.h"
#include "locator.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

/// GitHub, "Workflow commands": data escapes % and line ends; a property also ':' and ','.
std::string github_escape(std::string_view text, bool property) {
  std::string escaped;
  for (const char c : text) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else if (property && c == ':') {
      escaped += "%3A";
    } else if (property && c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string_view github_command(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "notice";
  }
  return "notice";
}

}  // namespace

std::string help_of(const Finding& finding) {
  if (!finding.help.empty()) return finding.help;
  const std::string_view example = rule_info(finding.rule).instead;
  return example.empty() ? std::string() : fmt::format("for example:\n{}", example);
}

std::string unknown_sentence(std::uint32_t places) {
  return fmt::format("{} {} could not be read statically", places, places == 1 ? "place" : "places");
}

void write_github(std::ostream& out, const Report& report, const Sources& sources) {
  Locator locator(sources);
  for (const Finding& finding : report.findings) {
    const RuleInfo& rule = rule_info(finding.rule);
    const Range range = locator.range(finding.span);
    std::string body = printable(finding.message);
    for (const FindingLock& lock : finding.locks) body += "\nlock: " + lock_sentence(lock.relation, lock.mode);
    const std::string help = printable(help_of(finding), "\n");
    if (!help.empty()) body += "\n" + help;
    // Columns are only understood by GitHub where the annotation stays on one line.
    std::string place = fmt::format("file={},line={},endLine={}", github_escape(printable(locator.path(finding.span)), true), range.begin.line,
                                    range.end.line);
    if (range.begin.line == range.end.line) place += fmt::format(",col={},endColumn={}", range.begin.column, range.end.column);
    out << fmt::format("::{} {},title={}::{}\n", github_command(finding.severity), place,
                       github_escape(fmt::format("{} ({})", rule.name, rule.code), true), github_escape(body, false));
  }
  if (report.summary.unknown > 0) out << fmt::format("::notice title=whimbrel::{}\n", unknown_sentence(report.summary.unknown));
}

void write_gcc(std::ostream& out, const Report& report, const Sources& sources) {
  Locator locator(sources);
  for (const Finding& finding : report.findings) {
    const Position place = locator.range(finding.span).begin;
    out << fmt::format("{}:{}:{}: {}: {} [{}]\n", printable(locator.path(finding.span)), place.line, place.column,
                       severity_name(finding.severity), printable(finding.message), rule_info(finding.rule).name);
  }
  if (report.summary.unknown > 0) out << fmt::format("whimbrel: note: {}\n", unknown_sentence(report.summary.unknown));
}

}  // namespace whimbrel::report
