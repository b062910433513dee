// GRANT … TO PUBLIC gives it to every role, now and later.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_grant(const ir::op::Grant& grant, rule::Context& context) {
  if (grant.revoke || !std::ranges::any_of(grant.grantees, [](const std::string& one) { return equals_ignoring_case(one, "public"); })) return;
  context.remark(context.step().span, "PUBLIC is every role that can connect, those of the future too");
}

}  // namespace

extern constinit const rule::RuleChecks grant_to_public = rule::subscribe<on_grant>();

}  // namespace whimbrel::rules
