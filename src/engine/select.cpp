// From rule names, codes, categories and presets to the rules of a run.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "words.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/config.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::engine {

namespace {

constexpr std::array<std::string_view, 3> kPresets{"default", "strict", "all"};

/// `strict` is every rule that speaks of damage: all but the informative ones, and those that are on anyway.
bool in_preset(std::string_view preset, const RuleInfo& rule) {
  if (preset == "default") return rule.default_on;
  if (preset == "strict") return rule.default_on || rule.severity != Severity::info;
  return preset == "all";
}

std::vector<std::string_view> known_selectors() {
  std::vector<std::string_view> names(kPresets.begin(), kPresets.end());
  for (const RuleInfo& rule : all_rules()) {
    names.push_back(rule.name);
    names.push_back(rule.code);
  }
  for (int i = 0; i <= static_cast<int>(Category::history); ++i) names.push_back(category_name(static_cast<Category>(i)));
  return names;
}

}  // namespace

bool selects(std::string_view selector, const RuleInfo& rule) {
  return rule.name == selector || rule.code == selector || category_name(rule.category) == selector ||
         in_preset(selector, rule);
}

std::optional<std::string> unknown_selector(std::string_view selector) {
  const std::vector<std::string_view> known = known_selectors();
  if (std::ranges::find(known, selector) != known.end()) return std::nullopt;
  return fmt::format("unknown rule '{}'{}", printable(selector), did_you_mean(selector, known));
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> known) {
  const auto near = nearest(name, known);
  return near ? fmt::format(", did you mean '{}'?", *near) : "";
}

Result<std::vector<RuleId>> selected_rules(const std::vector<std::string>& select, const std::vector<std::string>& ignore) {
  for (const auto* list : {&select, &ignore}) {
    for (const std::string& selector : *list) {
      if (auto complaint = unknown_selector(selector)) return fail(*std::move(complaint));
    }
  }
  std::vector<RuleId> rules;
  for (const RuleInfo& rule : all_rules()) {
    const auto takes = [&](const std::string& selector) { return selects(selector, rule); };
    if (std::ranges::any_of(select, takes) && std::ranges::none_of(ignore, takes)) rules.push_back(rule.id);
  }
  return rules;
}

}  // namespace whimbrel::engine
