// Words that name rules and keys: what a selector means, and what was meant by a wrong one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "whimbrel/finding/rule_info.h"

namespace whimbrel::engine {

/// Whether a rule's name, code, category or a preset takes the rule.
bool selects(std::string_view selector, const RuleInfo& rule);
/// The sentence about a selector that means nothing; nothing where it is known.
std::optional<std::string> unknown_selector(std::string_view selector);
/// ", did you mean 'x'?", or "".
std::string did_you_mean(std::string_view name, std::span<const std::string_view> known);

}  // namespace whimbrel::engine
