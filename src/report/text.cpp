// The format for a person: rule, sentence, excerpt, lock, what to write instead, and a summary line.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "excerpt.h"
#include "formats.h"
#include "locator.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

std::string_view color_of(Severity severity) {
  switch (severity) {
    case Severity::error: return kRed;
    case Severity::warning: return kYellow;
    case Severity::info: return kBlue;
  }
  return kBlue;
}

std::string count(std::uint64_t number, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", number, number == 1 ? singular : plural);
}

class TextWriter {
 public:
  TextWriter(std::ostream& out, const Sources& sources, const Style& style)
      : out_(out), locator_(sources), paint_{style.color}, style_(style), width_(std::clamp(style.width, 40U, 120U)) {}

  void one_line(const Finding& finding) {
    const Position at = locator_.range(finding.span).begin;
    out_ << fmt::format("{}:{}:{}: {}: {} [{}]\n", printable(locator_.path(finding.span)), at.line, at.column,
                        paint_(color_of(finding.severity), severity_name(finding.severity)), printable(finding.message),
                        rule_info(finding.rule).name);
  }

  void finding(const Finding& finding) {
    const RuleInfo& rule = rule_info(finding.rule);
    const std::string title = fmt::format("{}[{} {}]", severity_name(finding.severity), rule.code, rule.name);
    out_ << paint_(color_of(finding.severity), title) << ": "
         << paint_(kBold, wrap(printable(finding.message), width_, 2, display_width(title) + 2)) << "\n";
    const unsigned gutter = gutter_of(finding);
    place(finding.span, gutter, "-->");
    out_ << std::string(gutter, ' ') << ' ' << paint_(kBlue, "|") << "\n";
    mark(finding, gutter);
    item(gutter, "lock", locks(finding));
    const std::string help = printable(help_of(finding), "\n");
    item(gutter, "instead", std::string(trim_end(help)));
    if (finding.fix) item(gutter, "fix", printable(finding.fix->title));
    out_ << "\n";
  }

  void summary(const Report& report) {
    const Summary& sum = report.summary;
    const std::string seen = fmt::format("{}, {}, {}", count(sum.files, "file", "files"), count(sum.migrations, "migration", "migrations"),
                                         count(sum.operations, "operation", "operations"));
    std::string line;
    if (report.findings.empty()) {
      line = fmt::format("No findings in {}", seen);
    } else {
      line = fmt::format("{} ({}, {}, {}) in {}", count(report.findings.size(), "finding", "findings"), count(sum.errors, "error", "errors"),
                         count(sum.warnings, "warning", "warnings"), count(sum.infos, "info", "infos"), seen);
    }
    line += fmt::format(" on PostgreSQL {}", report.pg_version);
    if (report.suppressed > 0) line += fmt::format("; {} suppressed", report.suppressed);
    if (sum.unknown > 0) {
      line += fmt::format("; {}{}", unknown_sentence(sum.unknown),
                          style_.verbose ? "" : " (--verbose lists them)");
    }
    out_ << wrap(line, width_, 0, 0) << "\n";
  }

  void unknown(const Report& report) {
    for (const UnknownPlace& place : report.unknown) {
      const Position at = locator_.range(place.span).begin;
      out_ << fmt::format("{}:{}:{}: {}: {}\n", printable(locator_.path(place.span)), at.line, at.column, paint_(kCyan, "unknown"),
                          printable(place.reason));
    }
    if (!report.unknown.empty()) out_ << "\n";
  }

 private:
  unsigned gutter_of(const Finding& finding) {
    std::uint32_t last = locator_.range(finding.span).begin.line;
    for (const Label& label : finding.labels) last = std::max(last, locator_.range(label.span).begin.line);
    return std::max(3U, static_cast<unsigned>(std::to_string(last).size()) + 1);
  }

  void place(Span span, unsigned gutter, std::string_view arrow) {
    const Position at = locator_.range(span).begin;
    out_ << std::string(gutter - 1, ' ') << paint_(kBlue, arrow) << ' '
         << fmt::format("{}:{}:{}\n", printable(locator_.path(span)), at.line, at.column);
  }

  /// The culprit and the labels in the order of the file, labels of other files with their place.
  void mark(const Finding& finding, unsigned gutter) {
    ExcerptStyle main{paint_, width_, gutter, '^', color_of(finding.severity)};
    ExcerptStyle side{paint_, width_, gutter, '-', kBlue};
    std::vector<const Label*> before;
    std::vector<const Label*> after;
    std::vector<const Label*> elsewhere;
    for (const Label& label : finding.labels) {
      if (label.span.file != finding.span.file) {
        elsewhere.push_back(&label);
      } else {
        (label.span.begin < finding.span.begin ? before : after).push_back(&label);
      }
    }
    const auto begin_of = [](const Label* label) { return label->span.begin; };
    std::ranges::stable_sort(before, {}, begin_of);
    std::ranges::stable_sort(after, {}, begin_of);
    std::uint32_t last_line = 0;
    const auto show = [&](Span span, std::string_view message, const ExcerptStyle& how) {
      const std::uint32_t line = locator_.range(span).begin.line;
      if (last_line != 0 && line > last_line + 1) out_ << std::string(gutter, ' ') << ' ' << paint_(kBlue, ":") << "\n";
      out_ << excerpt(locator_, span, printable(message), how);
      last_line = line;
    };
    for (const Label* label : before) show(label->span, label->message, side);
    show(finding.span, "", main);
    for (const Label* label : after) show(label->span, label->message, side);
    for (const Label* label : elsewhere) {
      place(label->span, gutter, ":::");
      last_line = 0;
      show(label->span, label->message, side);
    }
  }

  static std::string locks(const Finding& finding) {
    std::string text;
    for (const FindingLock& lock : finding.locks) {
      if (!text.empty()) text += "\n";
      text += lock_sentence(lock.relation, lock.mode);
    }
    return text;
  }

  /// "= name: text", text on lines of its own where it has several, so that it can be pasted.
  void item(unsigned gutter, std::string_view name, const std::string& text) {
    if (text.empty()) return;
    const std::string head = fmt::format("{} {} {}:", std::string(gutter, ' '), paint_(kBlue, "="), paint_(kBold, name));
    const std::size_t indent = gutter + 3;
    out_ << head;
    if (text.find('\n') == std::string::npos) {
      out_ << ' ' << wrap(text, width_, indent + name.size() + 2, indent + name.size() + 2) << "\n";
      return;
    }
    // Locks are a list behind the name; code to paste begins on a line of its own.
    const bool list = name == "lock";
    const std::string pad(list ? indent + name.size() + 2 : indent + 2, ' ');
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      if (at > 0 || !list) {
        out_ << "\n" << (end > at ? pad : "");
      } else {
        out_ << ' ';
      }
      out_ << std::string_view(text).substr(at, end - at);
      at = end + 1;
    }
    out_ << "\n";
  }

  std::ostream& out_;
  Locator locator_;
  Paint paint_;
  const Style& style_;
  unsigned width_;
};

}  // namespace

void write_text(std::ostream& out, const Report& report, const Sources& sources, const Style& style) {
  TextWriter writer(out, sources, style);
  for (const Finding& finding : report.findings) {
    if (style.quiet) {
      writer.one_line(finding);
    } else {
      writer.finding(finding);
    }
  }
  if (style.verbose) writer.unknown(report);
  if (!style.quiet) writer.summary(report);
}

}  // namespace whimbrel::report
