// Looks a rule up by what users call it.
#include "whimbrel/finding/rule_info.h"

namespace whimbrel {

std::optional<RuleId> find_rule(std::string_view name_or_code) {
  for (const RuleInfo& rule : all_rules()) {
    if (rule.name == name_or_code || rule.code == name_or_code) return rule.id;
  }
  return std::nullopt;
}

}  // namespace whimbrel
