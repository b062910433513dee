// Rules by the names that other linters give them: the aliases of rules/*.toml, and no other table.
#include "foreign_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::engine {

std::vector<std::string> rules_called(std::string_view tool, std::string_view name) {
  std::vector<std::string> names;
  for (const RuleInfo& rule : all_rules()) {
    const bool is_called = std::ranges::any_of(rule.aliases, [&](const RuleAlias& alias) { return alias.tool == tool && alias.name == name; });
    if (is_called) names.emplace_back(rule.name);
  }
  return names;
}

std::string no_counterpart(std::string_view tool, std::string_view name) {
  return fmt::format("no rule is what {} calls '{}'", tool, printable(name));
}

}  // namespace whimbrel::engine
