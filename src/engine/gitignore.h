// What git would ignore, by its .gitignore files alone: git itself is never run.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whimbrel::engine {

/// One pattern of a .gitignore file. Manual: git, "gitignore", "PATTERN FORMAT".
struct IgnorePattern {
  std::vector<std::string> segments;  ///< between slashes; "**" stands for any number of folders
  bool negated = false;
  bool folders_only = false;
  bool anchored = false;              ///< holds a slash: it is matched from its file's folder on
};

/// The patterns of one folder's .gitignore, and those of the folders above it. Null: none.
struct IgnoreRules {
  std::string folder;                 ///< absolute
  std::vector<IgnorePattern> patterns;
  std::shared_ptr<const IgnoreRules> above;
};
using IgnoreRulesPtr = std::shared_ptr<const IgnoreRules>;

std::vector<IgnorePattern> parse_gitignore(std::string_view text);
/// The rules that hold in `folder` (absolute), given those above it: with its own .gitignore where it has one.
IgnoreRulesPtr rules_in(const std::string& folder, IgnoreRulesPtr above);
/// The rules from the top of the repository that `folder` (absolute) lies in down to the folder above it; null outside of
/// repositories, and where git ignores the folder as a whole: who names an ignored folder wants it read.
IgnoreRulesPtr rules_above(const std::string& folder);
/// Whether git would ignore the path (absolute), which is not in an ignored folder.
bool is_ignored(const IgnoreRules* rules, std::string_view path, bool is_folder);

}  // namespace whimbrel::engine
