// statement_timeout longer than 10 minutes.
#include <cstdint>
#include <fmt/format.h>

#include "whimbrel/rule/rule.h"
#include "whimbrel/rule/settings.h"

namespace whimbrel::rules {
namespace {

constexpr std::int64_t kLongest = 600000;  // milliseconds

void on_set(const ir::op::SetParameter& set, rule::Context& context) {
  if (rule::sets_timeout(set, "statement_timeout").value_or(0) <= kLongest) return;
  context.remark(context.step().span, fmt::format("statement_timeout = {} is longer than 10 minutes", set.value));
}

}  // namespace

extern constinit const rule::RuleChecks statement_timeout_too_long = rule::subscribe<on_set>();

}  // namespace whimbrel::rules
