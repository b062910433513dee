// Markdown for a pull request: what each migration changes, locks, loses, and what only a person can confirm.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "formats.h"
#include "markdown_section.h"
#include "markdown_text.h"
#include "whimbrel/base/text.h"

namespace whimbrel::report {
namespace {

/// GitHub takes 65,536 characters a comment; bytes are at least as many.
constexpr std::size_t kLongest = 65'000;
/// For what was left out, and for the last line.
constexpr std::size_t kReserve = 5'000;
constexpr std::size_t kMostNamed = 40;

std::string count(std::uint64_t number, std::string_view what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

/// A migration, its findings and its risk.
struct Entry {
  const MigrationSummary* summary = nullptr;
  std::vector<const Finding*> findings;
  RiskSentence risk;
};

/// Findings go to the migration that they name, in one of its files; the others are behind all.
struct Entries {
  std::vector<Entry> migrations;
  std::vector<const Finding*> others;

  explicit Entries(const Report& report) {
    std::map<std::pair<std::string, FileId>, std::size_t> at;
    for (const MigrationSummary& summary : report.migrations) {
      at.try_emplace({summary.id, summary.up.file}, migrations.size());
      at.try_emplace({summary.id, summary.down.file}, migrations.size());
      migrations.push_back({&summary, {}, {}});
    }
    for (const Finding& finding : report.findings) {
      const auto found = at.find({finding.migration, finding.span.file});
      (found == at.end() ? others : migrations[found->second].findings).push_back(&finding);
    }
    for (Entry& entry : migrations) entry.risk = risk_of(*entry.summary, entry.findings);
  }
};

std::string name_of(const Entry& entry) { return markdown_code(clip(entry.summary->id, 80)); }

std::string header(const Report& report, const Entries& entries) {
  Risk highest = Risk::low;
  for (const Entry& entry : entries.migrations) highest = std::max(highest, entry.risk.risk);
  std::string text = entries.migrations.empty() ? "## Migrations\n\n" : fmt::format("## Migrations: {} risk\n\n", risk_name(highest));
  const Summary& sum = report.summary;
  text += report.findings.empty() ? "No findings" : fmt::format("{} ({}, {}, {})", count(report.findings.size(), "finding"), count(sum.errors, "error"),
                                                                count(sum.warnings, "warning"), count(sum.infos, "info"));
  text += fmt::format(" in {} of {} on PostgreSQL {}", count(sum.migrations, "migration"), count(sum.files, "file"), report.pg_version);
  if (report.suppressed > 0) text += fmt::format("; {} suppressed", report.suppressed);
  if (sum.unknown > 0) text += "; " + unknown_sentence(sum.unknown);
  return text + ".\n";
}

/// What there was no room for, by name as far as there is room for that.
std::string left_out(const std::vector<const Entry*>& shortened, const std::vector<const Entry*>& missing) {
  if (shortened.empty() && missing.empty()) return "";
  std::string text = "\n---\n\nA comment holds 65,536 characters; `whimbrel check` says what is missing here.\n";
  if (!shortened.empty()) text += fmt::format("Shortened: {}.\n", count(shortened.size(), "section"));
  if (missing.empty()) return text;
  text += fmt::format("Left out: {}:", count(missing.size(), "migration"));
  for (std::size_t i = 0; i < missing.size() && i < kMostNamed; ++i) {
    text += fmt::format("{} {} ({})", i == 0 ? "" : ",", name_of(*missing[i]), risk_name(missing[i]->risk.risk));
  }
  if (missing.size() > kMostNamed) text += fmt::format(" and {} more", missing.size() - kMostNamed);
  return text + ".\n";
}

}  // namespace

void write_markdown(std::ostream& out, const Report& report, const Sources& sources) {
  const Entries entries(report);
  SectionWriter writer(sources);
  std::string text = header(report, entries);
  std::vector<const Entry*> shortened;
  std::vector<const Entry*> missing;
  const auto fits = [&](const std::string& more) { return text.size() + more.size() + kReserve <= kLongest; };
  bool room = true;   // behind a section that did not fit none is tried: the order stays
  if (!entries.others.empty()) {
    std::string section = writer.others(entries.others, Detail::full);
    if (!fits(section)) section = writer.others(entries.others, Detail::brief);
    if (fits(section)) text += section;
  }
  for (const Entry& entry : entries.migrations) {
    std::string section = room ? writer.migration(*entry.summary, entry.findings, entry.risk, Detail::full) : "";
    if (room && !fits(section)) {
      section = writer.migration(*entry.summary, entry.findings, entry.risk, Detail::brief);
      if (fits(section)) shortened.push_back(&entry);
    }
    room = room && fits(section);
    if (room) {
      text += section;
    } else {
      missing.push_back(&entry);
    }
  }
  out << text << left_out(shortened, missing);
}

}  // namespace whimbrel::report
