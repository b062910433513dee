// GRANT ALL gives more than anybody needs.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_grant(const ir::op::Grant& grant, rule::Context& context) {
  if (grant.revoke || !(grant.privileges.empty() || std::ranges::any_of(grant.privileges, [](const std::string& one) { return equals_ignoring_case(one, "all"); }))) return;
  context.remark(context.step().span, "ALL includes TRUNCATE, REFERENCES and TRIGGER; name the privileges that are needed");
}

}  // namespace

extern constinit const rule::RuleChecks grant_all = rule::subscribe<on_grant>();

}  // namespace whimbrel::rules
