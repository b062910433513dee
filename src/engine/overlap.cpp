// Where several rules meet on one piece of source, one speaks.
#include "overlap.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "whimbrel/finding/rule_info.h"

namespace whimbrel::engine {

namespace {

bool overlap(const Span& left, const Span& right) {
  return left.file == right.file && left.begin < right.end && right.begin < left.end;
}

bool yields_to(RuleId rule, RuleId other) {
  const auto others = rule_info(rule).yields_to;
  return std::ranges::find(others, other) != others.end();
}

void take_labels(Finding& winner, const Finding& silent) {
  for (const Label& label : silent.labels) {
    const bool known = std::ranges::any_of(winner.labels, [&](const Label& one) { return one.span == label.span; });
    if (!known) winner.labels.push_back(label);
  }
}

}  // namespace

std::set<std::pair<RuleId, RuleId>> settle_overlaps(std::vector<Finding>& findings) {
  // Statements are few words long: the findings of one are compared with each other only.
  std::map<std::tuple<FileId, std::uint32_t, std::uint32_t, bool>, std::vector<std::size_t>> by_statement;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Span& place = findings[i].statement;
    by_statement[{place.file, place.begin, place.end, findings[i].down}].push_back(i);
  }
  constexpr std::size_t kSpeaks = static_cast<std::size_t>(-1);
  std::set<std::pair<RuleId, RuleId>> yielded;
  std::vector<std::size_t> winner(findings.size(), kSpeaks);
  for (const auto& [statement, group] : by_statement) {
    for (const std::size_t one : group) {
      if (rule_info(findings[one].rule).yields_to.empty()) continue;
      for (const std::size_t other : group) {
        if (!yields_to(findings[one].rule, findings[other].rule) || !overlap(findings[one].span, findings[other].span)) continue;
        if (winner[one] == kSpeaks) winner[one] = other;
        yielded.emplace(findings[one].rule, findings[other].rule);
      }
    }
  }
  for (std::size_t i = 0; i < findings.size(); ++i) {
    std::size_t speaker = i;
    while (winner[speaker] != kSpeaks) speaker = winner[speaker];  // ends: the build refuses rules that yield in a circle
    if (speaker != i) take_labels(findings[speaker], findings[i]);
  }
  std::size_t at = 0;
  std::erase_if(findings, [&](const Finding&) { return winner[at++] != kSpeaks; });
  std::set<std::tuple<RuleId, FileId, std::string_view, bool>> told;
  std::vector<bool> again;
  for (const Finding& finding : findings) {
    again.push_back(rule_info(finding.rule).once &&
                    !told.emplace(finding.rule, finding.span.file, finding.migration, finding.down).second);
  }
  at = 0;
  std::erase_if(findings, [&](const Finding&) { return again[at++]; });
  return yielded;
}

}  // namespace whimbrel::engine
