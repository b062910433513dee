// lock_timeout = 0 waits for locks without limit.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"
#include "whimbrel/rule/settings.h"

namespace whimbrel::rules {
namespace {

void on_set(const ir::op::SetParameter& set, rule::Context& context) {
  if (rule::sets_timeout(set, "lock_timeout") != 0) return;
  // As the last thing it is a way to clean up.
  const auto changes = [](const ir::Statement& statement) { return std::ranges::any_of(statement.steps, [](const ir::Step& step) { return !std::holds_alternative<ir::op::SetParameter>(step.operation) && !std::holds_alternative<ir::op::Transaction>(step.operation) && !std::holds_alternative<ir::op::Select>(step.operation); }); };
  if (!std::ranges::any_of(rule::statements_behind(context), changes)) return;
  Finding& finding = context.remark(context.step().span, "lock_timeout = 0 lets what follows wait for its locks without limit, and every later query waits behind it");
  finding.help = rule::Steps(context).run(set.local ? "SET LOCAL lock_timeout = '5s'" : "SET lock_timeout = '5s'").text();
}

}  // namespace

extern constinit const rule::RuleChecks lock_timeout_zero = rule::subscribe<on_set>();

}  // namespace whimbrel::rules
