// Comments that silence other linters, as whimbrel's: line by line, and nothing else of the text is touched.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "foreign_rules.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/migrate_config.h"

namespace whimbrel::engine {
namespace {

struct Marker {
  std::string_view tool;
  std::string_view word;     ///< behind the `--`
  bool whole_file = false;
};

/// A word that another one begins with stands behind that. pgfence's `pgfence: ignore` is its older form.
constexpr std::array<Marker, 6> kMarkers{{{"squawk", "squawk-ignore-file", true},
                                          {"squawk", "squawk-ignore", false},
                                          {"pgfence", "pgfence-ignore", false},
                                          {"pgfence", "pgfence: ignore", false},
                                          {"pg-migration-lint", "pgm-lint:suppress-file", true},
                                          {"pg-migration-lint", "pgm-lint:suppress", false}}};

struct Comment {
  Marker marker;
  std::size_t begin = 0;     ///< of the marker in the line
  std::size_t end = 0;       ///< of what belongs to it
  std::string_view rules;
  std::string_view reason;
};

/// Only what begins a comment counts, so that prose about a linter stays as it is.
std::optional<Comment> comment_of(std::string_view line) {
  for (const std::string_view opener : {"--", "/*"}) {
    const std::size_t opened = line.find(opener);
    if (opened == std::string_view::npos) continue;
    const std::size_t begin = std::min(line.find_first_not_of(" \t", opened + 2), line.size());
    for (const Marker& marker : kMarkers) {
      if (!starts_with_ignoring_case(line.substr(begin), marker.word)) continue;
      std::size_t end = opener == "/*" ? std::min(line.find("*/", begin), line.size()) : line.size();
      while (end > begin && (line[end - 1] == ' ' || line[end - 1] == '\t' || line[end - 1] == '\r')) --end;
      std::string_view rest = line.substr(begin + marker.word.size(), end - begin - marker.word.size());
      if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t' && rest.front() != ':') continue;
      if (!rest.empty() && rest.front() == ':') rest.remove_prefix(1);
      const std::size_t dashes = std::min(rest.find("--"), rest.size());
      return Comment{marker, begin, end, trim(rest.substr(0, dashes)), trim(rest.substr(std::min(dashes + 2, rest.size())))};
    }
  }
  return std::nullopt;
}

/// The comment in whimbrel's words; empty where nothing of it has a counterpart.
std::string translated(const Comment& comment, std::uint32_t line, std::vector<TranslationNote>& notes) {
  if (comment.rules.empty()) {
    notes.push_back({line, fmt::format("'{}' without a rule silences everything: whimbrel wants the names of rules", comment.marker.word)});
    return "";
  }
  std::vector<std::string> rules;
  std::string_view rest = comment.rules;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view name = trim(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (name.empty()) continue;
    const std::vector<std::string> known = rules_called(comment.marker.tool, name);
    if (known.empty()) notes.push_back({line, no_counterpart(comment.marker.tool, name)});
    for (const std::string& rule : known) {
      if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
    }
  }
  if (rules.empty()) return "";
  // Parentheses end a reason.
  std::string reason = comment.reason.empty() ? fmt::format("from {}", comment.marker.tool) : std::string(comment.reason);
  std::ranges::replace_if(reason, [](char c) { return c == '(' || c == ')'; }, ' ');
  return fmt::format("whimbrel: {} {} ({})", comment.marker.whole_file ? "ignore-file" : "ignore", fmt::join(rules, ", "), trim(reason));
}

}  // namespace

Translation translate_comments(std::string_view text) {
  Translation result;
  std::uint32_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::optional<Comment> comment = comment_of(line);
    const std::string ours = comment ? translated(*comment, number, result.notes) : std::string();
    if (ours.empty()) {
      result.text += line;
    } else {
      result.text += line.substr(0, comment->begin);
      result.text += ours;
      result.text += line.substr(comment->end);
    }
    if (end < text.size()) result.text += '\n';
    at = end + 1;
  }
  return result;
}

}  // namespace whimbrel::engine
