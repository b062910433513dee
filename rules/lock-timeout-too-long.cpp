// lock_timeout longer than 5 seconds.
#include <cstdint>
#include <fmt/format.h>

#include "whimbrel/rule/rule.h"
#include "whimbrel/rule/settings.h"

namespace whimbrel::rules {
namespace {

constexpr std::int64_t kLongest = 5000;  // milliseconds

void on_set(const ir::op::SetParameter& set, rule::Context& context) {
  if (rule::sets_timeout(set, "lock_timeout").value_or(0) <= kLongest) return;
  context.remark(context.step().span, fmt::format("lock_timeout = {} is longer than 5 seconds", set.value));
}

}  // namespace

extern constinit const rule::RuleChecks lock_timeout_too_long = rule::subscribe<on_set>();

}  // namespace whimbrel::rules
