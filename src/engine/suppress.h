// Suppression comments of a project: which findings they hide, which of them are wrong or idle.
#pragma once

#include <cstdint>
#include <vector>

#include "cover.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/finding/finding.h"

namespace whimbrel::engine {

/// Which rules take part in what; index = RuleId.
struct RuleSwitches {
  std::vector<bool> selected;
  std::vector<bool> in_down_parts;   ///< of the selected ones, those that judge down parts

  [[nodiscard]] bool on(RuleId rule) const { return selected[static_cast<std::size_t>(rule)]; }
  [[nodiscard]] bool on_in_down_parts(RuleId rule) const { return in_down_parts[static_cast<std::size_t>(rule)]; }
};

/// What files say of themselves and what the configuration says of them.
class Suppressions {
 public:
  /// `silent` are files of which nothing is judged though they were asked for: their comments say nothing now.
  /// `incomplete` are those of which not all was judged: no comment in them can be called idle.
  Suppressions(const Project& project, const RuleSwitches& switches, const std::vector<bool>& silent, const std::vector<bool>& incomplete);

  /// Takes away what comments hide (counted) and what per_file_ignores switch off, and adds what is wrong with the comments.
  std::uint32_t apply(std::vector<Finding>& findings);

 private:
  struct Name {
    Located<RuleId> rule;
    bool used = false;
  };
  struct Comment {
    Span span;
    bool whole_file = false;
    Cover cover;
    std::vector<Name> names;
    bool in_down_part = false;
  };

  void read_comments(const std::vector<bool>& silent);
  [[nodiscard]] bool ignored_in_file(RuleId rule, FileId file) const;
  bool hides(const Finding& finding);
  void add_own_findings(std::vector<Finding>& findings);
  void add_own(std::vector<Finding>& findings, std::string_view rule, Span span, std::string message);

  const Project& project_;
  const RuleSwitches& switches_;
  const std::vector<bool>& incomplete_;
  std::vector<Comment> comments_;                      ///< sorted by place
  std::vector<std::pair<Span, std::string>> mistakes_;
  std::vector<std::vector<bool>> file_ignores_;        ///< by file, then rule; empty where nothing is configured
};

}  // namespace whimbrel::engine
