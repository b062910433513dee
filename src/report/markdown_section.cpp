// One section of the Markdown report: changes, way back, locks, findings, and what only a person can confirm.
#include "markdown_section.h"

#include <fmt/format.h>

#include <algorithm>

#include "formats.h"
#include "markdown_text.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {
namespace {

constexpr std::size_t kMostInFull = 25;    ///< items of a list
constexpr std::size_t kMostInBrief = 5;
constexpr std::size_t kLongestHelp = 2'000;
constexpr std::size_t kLongestText = 600;

std::size_t most_of(Detail detail) { return detail == Detail::full ? kMostInFull : kMostInBrief; }

/// Items of a list, one a line; what is too much is counted.
class List {
 public:
  List(std::size_t most, std::string_view bullet) : most_(most), bullet_(bullet) {}
  void add(std::string_view item) {
    if (++count_ <= most_) text_ += fmt::format("{}{}\n", bullet_, item);
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::string text() const { return count_ <= most_ ? text_ : text_ + fmt::format("- and {} more\n", count_ - most_); }

 private:
  std::size_t most_;
  std::string_view bullet_;
  std::size_t count_ = 0;
  std::string text_;
};

std::string_view area_name(ChangeArea area) {
  switch (area) {
    case ChangeArea::table: return "Tables";
    case ChangeArea::column: return "Columns";
    case ChangeArea::index: return "Indexes";
    case ChangeArea::constraint: return "Constraints";
    case ChangeArea::data: return "Data";
    case ChangeArea::other: return "Other objects";
  }
  return "";
}

bool same_change(const Change& left, const Change& right) {
  return left.verb == right.verb && left.object == right.object && left.detail == right.detail && left.certain == right.certain;
}

std::string change_line(const Change& change, std::size_t times) {
  std::string line = fmt::format("{} {}", change.verb, markdown_code(clip(change.object, kLongestText)));
  if (!change.detail.empty()) line += ": " + markdown_code(clip(change.detail, kLongestText));
  if (times > 1) line += fmt::format(", {} times", times);
  if (!change.certain) line += " (under a condition)";
  return line;
}

std::string joined(const std::vector<Loss>& losses, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < losses.size() && i < most; ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", losses[i].what, markdown_code(clip(losses[i].name, kLongestText)));
  }
  if (losses.size() > most) text += fmt::format(" and {} more", losses.size() - most);
  return text;
}

std::string_view way_back_sentence(WayBack way_back) {
  switch (way_back) {
    case WayBack::restores: return "yes: the down part brings back the schema as it was";
    case WayBack::differs: return "in part: the down part leaves another schema";
    case WayBack::fails: return "no: the down part fails";
    case WayBack::empty: return "no: the down part does nothing";
    case WayBack::refuses: return "no: the down part refuses";
    case WayBack::missing: return "no: there is no down part";
    case WayBack::not_judged: return "not looked at: the down part was not asked for";
    case WayBack::unknown: return "unknown: something in the up or down part could not be read";
    case WayBack::not_needed: return "nothing to undo";
  }
  return "";
}

/// Whether a person has to think of another way back.
bool lacks_way_back(WayBack way_back) {
  return way_back == WayBack::fails || way_back == WayBack::empty || way_back == WayBack::refuses || way_back == WayBack::missing;
}

/// A rule that takes the worst for granted where the lock itself is not sure: CREATE TABLE IF NOT EXISTS is no proof that a table is new.
bool may_need_window(const Finding* finding) {
  return finding->severity == Severity::error && !finding->down &&
         std::ranges::any_of(finding->locks, [](const FindingLock& lock) { return blocks_writes(lock.mode); });
}

}  // namespace

std::string SectionWriter::line_of(Span span) { return fmt::format("line {}", locator_.range(span).begin.line); }

std::string SectionWriter::changes(const MigrationSummary& summary, std::size_t most) {
  std::string text = "\n**Changes**\n\n";
  if (!summary.up_judged) return text + "- only the down part was asked for\n";
  if (summary.changes.empty()) return text + (summary.unknown.empty() ? "- nothing\n" : "- nothing that could be read\n");
  for (const ChangeArea area : {ChangeArea::table, ChangeArea::column, ChangeArea::index, ChangeArea::constraint, ChangeArea::data, ChangeArea::other}) {
    List list(most, "  - ");
    const auto& all = summary.changes;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].area != area) continue;
      std::size_t times = 1;
      while (i + 1 < all.size() && all[i + 1].area == area && same_change(all[i], all[i + 1])) ++i, ++times;
      list.add(change_line(all[i], times));
    }
    if (!list.empty()) text += fmt::format("- {}\n{}", area_name(area), list.text());
  }
  return text;
}

std::string SectionWriter::way_back(const MigrationSummary& summary, std::size_t most) {
  std::string text = fmt::format("\n**Reversible**: {}\n\n", way_back_sentence(summary.way_back));
  List list(most, "- ");
  for (const std::string& difference : summary.not_restored) list.add(markdown_text(clip(difference, kLongestText)));
  text += list.text();
  if (summary.up_judged) text += fmt::format("- lost when it runs: {}\n", summary.lost.empty() ? "nothing" : joined(summary.lost, most));
  if (!summary.lost_going_back.empty()) text += fmt::format("- lost when it is undone: {}\n", joined(summary.lost_going_back, most));
  return text;
}

std::string SectionWriter::locks(const MigrationSummary& summary, const std::vector<const Finding*>& findings, std::size_t most) {
  std::string text = "\n**Locks that others feel**\n\n";
  List list(most, "- ");
  const FeltLock* longest = nullptr;
  for (const FeltLock& lock : summary.locks) {
    std::string line = fmt::format("{} on {} from {} {}: {} wait", lock_mode_name(lock.mode), markdown_code(clip(lock.relation, kLongestText)), line_of(lock.since),
                                   lock.in_transaction ? "until the transaction ends" : "until the statement ends", blocked_by(lock.mode));
    if (is_long(lock)) {
      if (longest == nullptr) longest = &lock;
      line += fmt::format(", while {} {}", lock.working == lock.since ? "it" : line_of(lock.working), markdown_text(clip(lock.work, kLongestText)));
    } else {
      line += ", for a moment";
    }
    list.add(line);
  }
  text += list.empty() ? "- none\n" : list.text();
  if (!summary.certain) text += "- the history does not show all that decides: the likely worst case is given\n";
  text += "\n**Maintenance window**: ";
  if (longest != nullptr) {
    text += fmt::format("needed, unless {} is small or idle\n", markdown_code(clip(longest->relation, kLongestText)));
  } else if (std::ranges::any_of(findings, may_need_window)) {
    text += "perhaps: the findings say who waits, should a table have rows already\n";
  } else if (summary.locks.empty()) {
    text += "not needed\n";
  } else {
    text += summary.has_lock_timeout ? "not needed\n" : "not needed, but set a `lock_timeout`: who waits for a lock makes all behind it wait\n";
  }
  return text;
}

std::string SectionWriter::finding(const Finding& finding, Detail detail) {
  const RuleInfo& rule = rule_info(finding.rule);
  const std::string place = fmt::format("{}:{}", locator_.path(finding.span), locator_.range(finding.span).begin.line);
  std::string text = fmt::format("- **{}** {} at {}{}: {}\n", severity_name(finding.severity), markdown_code(rule.name), markdown_code(place),
                                 finding.down ? " (down part)" : "", markdown_text(clip(finding.message, kLongestText)));
  if (detail == Detail::brief) return text;
  for (const FindingLock& lock : finding.locks) {
    if (const std::string_view blocked = blocked_by(lock.mode); !blocked.empty()) {
      text += fmt::format("  - lock: {} on {}, blocks {}\n", lock_mode_name(lock.mode), markdown_code(clip(lock.relation, kLongestText)), blocked);
    }
  }
  const std::string help = help_of(finding);
  if (help.empty()) return text;
  const std::string_view shown = clip(help, kLongestHelp);
  const bool python = locator_.path(finding.span).ends_with(".py");
  const bool is_code = help.find('\n') != std::string_view::npos || help.find(';') != std::string_view::npos;
  if (!is_code) return text + fmt::format("  - instead: {}\n", markdown_text(shown));
  text += "  - instead:\n\n" + markdown_block(shown, python ? "python" : "sql", "    ");
  if (shown.size() < help.size()) text += "\n    (cut)\n";
  return text;
}

std::string SectionWriter::findings_list(const std::vector<const Finding*>& findings, Detail detail) {
  std::string text = "\n**Findings**: ";
  if (findings.empty()) return text + "none\n";
  text += fmt::format("{}\n\n", findings.size());
  const std::size_t most = most_of(detail);
  for (std::size_t i = 0; i < findings.size() && i < most; ++i) text += finding(*findings[i], detail);
  if (findings.size() > most) text += fmt::format("- and {} more\n", findings.size() - most);
  return text;
}

std::string SectionWriter::to_confirm(const MigrationSummary& summary, std::size_t most) {
  List list(most, "- [ ] ");
  for (const FeltLock& lock : summary.locks) {
    if (!is_long(lock)) continue;
    list.add(fmt::format("{} is small, or its {} may wait while the migration {}", markdown_code(clip(lock.relation, kLongestText)), blocked_by(lock.mode),
                         markdown_text(clip(lock.work, kLongestText))));
  }
  for (const std::string& name : summary.gone) list.add(fmt::format("no code that still runs uses {}", markdown_code(clip(name, kLongestText))));
  for (const Loss& loss : summary.lost) {
    list.add(fmt::format("nobody needs {} {} any more, or they are saved", loss.what, markdown_code(clip(loss.name, kLongestText))));
  }
  for (const DataDoubt& doubt : summary.doubts) {
    list.add(fmt::format("the rows that are there let {} pass{}{}", line_of(doubt.span), doubt.reason.empty() ? "" : ": ", markdown_text(clip(doubt.reason, kLongestText))));
  }
  for (const Span place : summary.unknown) list.add(fmt::format("what {} does: it could not be read", line_of(place)));
  if (!summary.has_lock_timeout) list.add("somebody watches while it runs, or the runner sets a `lock_timeout` that the configuration does not mention");
  if (lacks_way_back(summary.way_back)) list.add("another way back is known, for the down part gives none");
  if (!summary.lost_going_back.empty()) list.add("what would be lost by going back is known to those who would decide it");
  return list.empty() ? std::string() : "\n**Only a person can confirm**\n\n" + list.text();
}

std::string SectionWriter::migration(const MigrationSummary& summary, const std::vector<const Finding*>& findings, const RiskSentence& risk, Detail detail) {
  const std::size_t most = most_of(detail);
  const Span place = summary.up_judged ? summary.up : summary.down;
  std::string text = fmt::format("\n### {}: {} risk\n\n{}", markdown_code(clip(summary.id, kLongestText)), risk_name(risk.risk), markdown_code(locator_.path(place)));
  if (!summary.title.empty()) text += fmt::format(": {}", markdown_text(clip(summary.title, kLongestText)));
  text += "\n\n**Risk**: " + std::string(risk_name(risk.risk));
  const char* separator = ", because ";
  for (const std::string& reason : risk.reasons) {
    text += separator + reason;
    separator = "; ";
  }
  text += "\n";
  text += changes(summary, most) + way_back(summary, most) + locks(summary, findings, most) + findings_list(findings, detail) + to_confirm(summary, most);
  return text;
}

std::string SectionWriter::others(const std::vector<const Finding*>& findings, Detail detail) {
  return "\n### Beside the migrations\n" + findings_list(findings, detail);
}

}  // namespace whimbrel::report
