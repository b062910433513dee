// The presets: each is part of the next, and what they say of themselves is so.
#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.h"
#include "whimbrel/engine/config.h"
#include "whimbrel/finding/rule_info.h"

using namespace whimbrel;

namespace {

std::vector<RuleId> preset(const std::string& name) {
  const auto rules = engine::selected_rules({name}, {});
  REQUIRE(rules.has_value());
  return *rules;
}

}  // namespace

TEST_CASE("default, strict and all: each is part of the next") {
  const auto usual = preset("default");
  const auto strict = preset("strict");
  const auto all = preset("all");
  CHECK(std::ranges::includes(strict, usual));
  CHECK(std::ranges::includes(all, strict));
  CHECK(usual.size() < strict.size());
  CHECK(all.size() == all_rules().size());
}

TEST_CASE("default is what the rules say; strict is also all that is worse than information") {
  const auto usual = preset("default");
  const auto strict = preset("strict");
  for (const RuleInfo& rule : all_rules()) {
    INFO(rule.name);
    CHECK((std::ranges::find(usual, rule.id) != usual.end()) == rule.default_on);
    CHECK((std::ranges::find(strict, rule.id) != strict.end()) == (rule.default_on || rule.severity != Severity::info));
  }
}

TEST_CASE("a preset can be narrowed") {
  const auto rules = engine::selected_rules({"strict"}, {"lock", "drop-table"});
  REQUIRE(rules.has_value());
  for (const RuleId id : *rules) {
    CHECK(rule_info(id).category != Category::lock);
    CHECK(rule_info(id).name != "drop-table");
  }
}
