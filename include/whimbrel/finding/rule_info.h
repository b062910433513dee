// All that is said about rules: the table that the build makes from rules/*.toml.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "whimbrel/finding/rule_id.h"
#include "whimbrel/finding/severity.h"

namespace whimbrel {

/// Another linter's name for (a part of) the rule.
struct RuleAlias {
  std::string_view tool;
  std::string_view name;
};

/// `bad` gives exactly one finding of the rule, `good` none; `given` is replayed before, not linted. `options` are lines of configuration.
struct RuleExample {
  std::string_view frontend;
  std::string_view given;
  std::string_view was;     ///< the file as it was merged, and when a baseline was written; empty: this does not matter
  std::string_view bad;
  std::string_view good;
  std::span<const std::string_view> options;
  std::string_view note;
};

struct RuleInfo {
  RuleId id;
  std::string_view name;
  std::string_view code;
  Category category;
  Severity severity;
  bool default_on;
  std::string_view summary;
  std::string_view why;
  std::string_view instead;
  std::span<const std::string_view> silent;   ///< where it does not speak: "about temporary tables"; empty: it always does
  std::span<const std::string_view> references;
  std::span<const RuleAlias> aliases;
  std::span<const RuleExample> examples;
  bool once = false;                   ///< of what is left then, the first in each part of a migration stands for the others
  std::span<const RuleId> yields_to;   ///< where one of these speaks of the same piece of source, this rule does not
};

/// Ordered by code; index = static_cast<size_t>(id).
std::span<const RuleInfo> all_rules();
inline const RuleInfo& rule_info(RuleId id) { return all_rules()[static_cast<std::size_t>(id)]; }
/// By name or code.
std::optional<RuleId> find_rule(std::string_view name_or_code);

}  // namespace whimbrel
