// Baselines: read, written, and taken from what a run found.
#include "whimbrel/engine/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

#include "paths.h"
#include "totals.h"
#include "whimbrel/base/files.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::engine {

namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::string_view kUnusedEntry = "unused-baseline-entry";

std::string folder_of_baseline(const std::string& path) { return folder_of(absolute_path(path)); }

/// A path as the baseline says it: from its own folder on, with `..` where the file lies elsewhere.
std::string path_from(std::string folder, const std::string& absolute) {
  std::string up;
  while (!is_within(absolute, folder)) {
    folder = folder_of(folder);
    up += "../";
  }
  return up + std::string(relative_to(absolute, folder));
}

/// The line of the baseline's text that holds the fingerprint.
Span line_of(std::string_view text, std::string_view fingerprint, std::size_t& from) {
  const std::string quoted = fmt::format("\"{}\"", fingerprint);
  std::size_t at = text.find(quoted, from);
  if (at == std::string_view::npos) at = text.find(quoted);
  if (at == std::string_view::npos) return {};
  from = at + quoted.size();
  std::size_t begin = text.rfind('\n', at);
  begin = text.find_first_not_of(" \t", begin == std::string_view::npos ? 0 : begin + 1);
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  return {FileId{}, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// What a run looked at, as far as entries are concerned.
class Reach {
 public:
  Reach(const Project& project, const std::vector<RuleId>& rules, const std::string& baseline_path)
      : folder_(folder_of_baseline(baseline_path)), searched_(project.searched), rules_(rules) {
    whole_ = !project.changes;
    for (const ProjectFile& file : project.files) {
      if (file.judged) judged_.insert(absolute_path(project.sources[file.file].path));
      whole_ &= !file.named;
    }
  }

  /// Whether the run would have found it again if it were still there: its file was judged, or is gone from a folder that was searched.
  [[nodiscard]] bool has(const BaselineEntry& entry) const {
    const std::optional<RuleId> rule = find_rule(entry.rule);
    if (rule && std::ranges::find(rules_, *rule) == rules_.end()) return false;
    const std::string path = absolute_path(join(folder_, entry.file));
    if (judged_.contains(path)) return true;
    return whole_ && std::ranges::any_of(searched_, [&](const std::string& folder) { return is_within(path, folder); }) && !is_file(path);
  }

 private:
  std::string folder_;
  const std::vector<std::string>& searched_;
  const std::vector<RuleId>& rules_;
  std::set<std::string> judged_;
  bool whole_ = true;   ///< nothing narrows the run to some files of a folder
};

std::string beginning_of(const Finding& finding) {
  constexpr std::size_t kLongest = 100;
  std::string_view text = finding.subject;
  text = text.substr(0, text.find('\n'));
  if (text.size() <= kLongest) return std::string(text);
  return std::string(clip(text, kLongest)) + "…";
}

}  // namespace

Result<Baseline> parse_baseline(std::string path, std::string text) {
  const auto broken = [&](std::string_view why) { return fail(fmt::format("cannot use the baseline {}: {}", printable(path), why)); };
  const ordered_json document = ordered_json::parse(text, nullptr, false);
  if (document.is_discarded()) return broken(text.contains("<<<<<<<") ? "it holds an unresolved merge conflict" : "it is not JSON");
  if (!document.is_object() || !document.contains("version") || !document.contains("findings") || !document["findings"].is_array()) {
    return broken("it is not what --write-baseline writes");
  }
  if (document["version"] != kVersion) return broken("another version of whimbrel wrote it; write it anew with --write-baseline");
  Baseline baseline{.path = std::move(path), .text = std::move(text), .entries = {}};
  std::size_t from = 0;
  for (const ordered_json& item : document["findings"]) {
    const auto field = [&](const char* name) {
      const bool there = item.is_object() && item.contains(name) && item[name].is_string();
      return there ? item[name].get<std::string>() : std::string();
    };
    BaselineEntry entry{field("file"), field("rule"), field("statement"), field("fingerprint"), {}};
    if (entry.file.empty() || entry.rule.empty() || entry.fingerprint.empty()) {
      return fail(fmt::format("cannot use the baseline {}: entry {} lacks its file, rule or fingerprint", printable(baseline.path), baseline.entries.size() + 1));
    }
    entry.span = line_of(baseline.text, entry.fingerprint, from);
    baseline.entries.push_back(std::move(entry));
  }
  return baseline;
}

Result<Baseline> read_baseline(const std::string& path, bool may_be_missing) {
  if (may_be_missing && !is_file(path) && !is_folder(path)) return Baseline{.path = path, .text = {}, .entries = {}};
  Result<std::string> text = read_file(path, 64ULL * 1024 * 1024);
  if (!text) return std::unexpected(text.error());
  return parse_baseline(path, *std::move(text));
}

std::string updated_baseline(const Baseline& before, const Report& report, const Project& project, const std::vector<RuleId>& rules) {
  const Reach reach(project, rules, before.path);
  const std::string folder = folder_of_baseline(before.path);
  std::vector<BaselineEntry> entries;
  std::set<std::string> known;
  for (const Finding& finding : report.findings) {
    const std::string path = project.sources[finding.span.file].path;
    if (!known.insert(finding.fingerprint).second) continue;
    entries.push_back({path_from(folder, absolute_path(path)), std::string(rule_info(finding.rule).name), beginning_of(finding), finding.fingerprint, {}});
  }
  for (const BaselineEntry& entry : before.entries) {
    if (!reach.has(entry) && known.insert(entry.fingerprint).second) entries.push_back(entry);
  }
  std::ranges::sort(entries, {}, [](const BaselineEntry& one) { return std::tie(one.file, one.rule, one.statement, one.fingerprint); });
  std::string text = fmt::format("{{\n\"version\": {},\n\"findings\": [", kVersion);
  std::string_view separator = "\n";
  for (const BaselineEntry& entry : entries) {
    const ordered_json line{{"file", entry.file}, {"rule", entry.rule}, {"statement", entry.statement}, {"fingerprint", entry.fingerprint}};
    text += separator;
    text += printable_json(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    separator = ",\n";
  }
  return text + (entries.empty() ? "]\n}\n" : "\n]\n}\n");
}

void apply_baseline(Report& report, const Baseline& baseline, Project& project, const std::vector<RuleId>& rules) {
  std::set<std::string_view> idle;
  for (const BaselineEntry& entry : baseline.entries) idle.insert(entry.fingerprint);
  const std::set<std::string_view> listed = idle;
  report.suppressed += static_cast<std::uint32_t>(std::erase_if(report.findings, [&](const Finding& finding) {
    idle.erase(finding.fingerprint);
    return listed.contains(finding.fingerprint);
  }));

  const std::optional<RuleId> rule = find_rule(kUnusedEntry);
  if (rule && std::ranges::find(rules, *rule) != rules.end() && !idle.empty()) {
    const Reach reach(project, rules, baseline.path);
    const FileId file = project.sources.add({baseline.path, baseline.text});
    for (const BaselineEntry& entry : baseline.entries) {
      if (!idle.contains(entry.fingerprint) || !reach.has(entry)) continue;
      Finding& finding = report.findings.emplace_back();
      finding.rule = *rule;
      finding.severity = rule_info(*rule).severity;
      if (const auto said = project.config.severity.find(*rule); said != project.config.severity.end()) finding.severity = said->second;
      finding.span = {file, entry.span.begin, entry.span.end};
      finding.statement = finding.span;
      finding.message = fmt::format("This entry hides nothing any more: there is no such finding of {} in {}", printable(entry.rule), printable(entry.file));
    }
  }
  settle_totals(report, project.sources);
}

}  // namespace whimbrel::engine
