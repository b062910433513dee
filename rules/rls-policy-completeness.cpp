// Row level security with policies for some commands: the others are refused.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr std::array<std::string_view, 4> kCommands{"SELECT", "INSERT", "UPDATE", "DELETE"};

void judge(const catalog::Relation& table, rule::Context& context) {
  const catalog::Attached* first = nullptr;
  std::vector<std::string> missing;
  const auto speaks_of = [&](std::string_view command) {
    return std::ranges::any_of(table.attached, [&](const catalog::Attached& one) { return one.kind == catalog::Attached::Kind::policy && equals_ignoring_case(one.events, command); });
  };
  for (const catalog::Attached& one : table.attached) {
    if (first == nullptr && one.kind == catalog::Attached::Kind::policy && !one.events.empty()) first = &one;
  }
  if (first == nullptr || speaks_of("all") || !context.made_by_judged(first->origin)) return;
  for (const std::string_view command : kCommands) {
    if (!speaks_of(command)) missing.emplace_back(command);
  }
  if (missing.empty()) return;
  const std::string name = context.name_of({.value = table.name, .span = {}});
  Finding& finding = context.report_made(first->origin, fmt::format("No policy of {} lets {} through: only its owner may do that", name, rule::join_names(missing)));
  finding.help = fmt::format("CREATE POLICY … ON {} FOR {} …", name, missing.front());
}

void on_history_end(const rule::HistoryEnd&, rule::Context& context) {
  for (const auto& [name, table] : context.catalog().relations()) {
    if (table->row_security && table->exact && !table->presumed) judge(*table, context);
  }
}

}  // namespace

extern constinit const rule::RuleChecks rls_policy_completeness = rule::subscribe<on_history_end>();

}  // namespace whimbrel::rules
