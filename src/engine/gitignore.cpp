// What git would ignore, by its .gitignore files alone: git itself is never run.
#include "gitignore.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "paths.h"
#include "whimbrel/base/files.h"

namespace whimbrel::engine {

namespace {

constexpr std::uint64_t kLargestIgnoreFile = 1024 * 1024;

/// [abc], [!a-z] at `pattern[at]`, which is the bracket: whether it takes the character, and where it ends. Nothing: it is not closed.
std::optional<std::pair<bool, std::size_t>> match_class(std::string_view pattern, std::size_t at, char character) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool matched = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    char low = pattern[i++];
    if (low == '\\' && i < pattern.size()) low = pattern[i++];
    char high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      high = pattern[i + 1];
      i += 2;
      if (high == '\\' && i < pattern.size()) high = pattern[i++];
    }
    if (low <= character && character <= high) matched = true;
  }
  if (i >= pattern.size()) return std::nullopt;
  return std::pair{matched != negated, i + 1};
}

/// How far one character of a name brings the pattern, star left aside: its next place, or nothing.
std::optional<std::size_t> match_one(std::string_view pattern, std::size_t at, char character) {
  switch (pattern[at]) {
    case '?': return at + 1;
    case '[':
      if (const auto found = match_class(pattern, at, character)) {
        return found->first ? std::optional(found->second) : std::nullopt;
      }
      return character == '[' ? std::optional(at + 1) : std::nullopt;
    case '\\':
      if (at + 1 < pattern.size()) return pattern[at + 1] == character ? std::optional(at + 2) : std::nullopt;
      return character == '\\' ? std::optional(at + 1) : std::nullopt;
    default: return pattern[at] == character ? std::optional(at + 1) : std::nullopt;
  }
}

/// One segment against one name. Only the last star is ever tried again, so the time is bounded by the product of the lengths.
bool match_segment(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::size_t> star;
  std::size_t star_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
      continue;
    }
    const auto next = p < pattern.size() ? match_one(pattern, p, name[n]) : std::nullopt;
    if (next) {
      p = *next;
      ++n;
    } else if (star) {
      p = *star + 1;
      n = ++star_name;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  std::size_t begin = 0;
  for (std::size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/', begin)) {
    segments.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  segments.emplace_back(path.substr(begin));
  return segments;
}

/// Segments against segments, "**" taking any number: a table instead of backtracking.
bool match_segments(std::span<const std::string> pattern, std::span<const std::string> path) {
  std::vector<bool> reached(pattern.size() + 1);
  reached[0] = true;
  const auto skip_stars = [&] {
    for (std::size_t p = 0; p < pattern.size(); ++p) {
      // A closing "**" takes what lies inside a folder, never the folder itself.
      if (reached[p] && pattern[p] == "**" && p + 1 < pattern.size()) reached[p + 1] = true;
    }
  };
  skip_stars();
  for (const std::string& name : path) {
    std::vector<bool> next(pattern.size() + 1);
    for (std::size_t p = 0; p < pattern.size(); ++p) {
      if (!reached[p]) continue;
      if (pattern[p] == "**") {
        next[p] = true;
        if (p + 1 == pattern.size()) next[p + 1] = true;
      } else if (match_segment(pattern[p], name)) {
        next[p + 1] = true;
      }
    }
    reached = std::move(next);
    skip_stars();
  }
  return reached[pattern.size()];
}

bool matches(const IgnorePattern& pattern, std::string_view name, const std::vector<std::string>& path, bool is_folder) {
  if (pattern.folders_only && !is_folder) return false;
  return pattern.anchored ? match_segments(pattern.segments, path) : match_segment(pattern.segments.front(), name);
}

std::optional<IgnorePattern> parse_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  if (line.empty() || line.starts_with('#')) return std::nullopt;
  IgnorePattern pattern;
  if (line.starts_with('!')) {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  pattern.anchored = line.contains('/');
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  pattern.segments = split(line);
  return pattern;
}

}  // namespace

std::vector<IgnorePattern> parse_gitignore(std::string_view text) {
  std::vector<IgnorePattern> patterns;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (auto pattern = parse_line(text.substr(begin, end - begin))) patterns.push_back(*std::move(pattern));
    begin = end + 1;
  }
  return patterns;
}

IgnoreRulesPtr rules_in(const std::string& folder, IgnoreRulesPtr above) {
  const std::string path = join(folder, ".gitignore");
  if (!is_file(path) || is_link(path)) return above;   // git does not follow such a link either
  const auto text = read_file(path, kLargestIgnoreFile);
  if (!text) return above;
  return std::make_shared<const IgnoreRules>(IgnoreRules{folder, parse_gitignore(*text), std::move(above)});
}

IgnoreRulesPtr rules_above(const std::string& folder) {
  std::vector<std::string> folders;  // from the folder's parent up to the repository's top
  for (std::string at = folder;; at = folder_of(at)) {
    if (at != folder) folders.push_back(at);
    if (is_folder(join(at, ".git")) || is_file(join(at, ".git"))) break;
    if (at == "/") return nullptr;
  }
  IgnoreRulesPtr rules;
  for (std::size_t i = folders.size(); i-- > 0;) {
    rules = rules_in(folders[i], std::move(rules));
    const std::string& below = i == 0 ? folder : folders[i - 1];
    if (is_ignored(rules.get(), below, true)) return nullptr;
  }
  return rules;
}

bool is_ignored(const IgnoreRules* rules, std::string_view path, bool is_folder) {
  const std::string_view name = name_of(path);
  // The nearest file's last pattern that matches decides.
  for (; rules != nullptr; rules = rules->above.get()) {
    const std::vector<std::string> below = split(relative_to(path, rules->folder));
    for (std::size_t i = rules->patterns.size(); i-- > 0;) {
      if (matches(rules->patterns[i], name, below, is_folder)) return !rules->patterns[i].negated;
    }
  }
  return false;
}

}  // namespace whimbrel::engine
