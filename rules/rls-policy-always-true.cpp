// A policy that is true for every row lets everybody write.
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreatePolicy& create, rule::Context& context) {
  if (!create.permissive || equals_ignoring_case(create.command, "select")) return;
  const bool open = (create.using_expr && rule::always_true(*create.using_expr)) || (create.check_expr && rule::always_true(*create.check_expr));
  if (!open) return;
  context.remark(create.policy.span, fmt::format("Policy {} is true for every row of {}: whoever has the privilege may write them all", ir::quote_identifier(create.policy.value), context.name_of(create.table)));
}

}  // namespace

extern constinit const rule::RuleChecks rls_policy_always_true = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
