// From PostgreSQL 18 on NOT NULL itself can be added NOT VALID.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr int kSince = 18;

void on_add(const ir::op::AddConstraint& add, rule::Context& context) {
  const ir::Constraint& check = add.constraint;
  if (context.pg_version() < kSince || check.kind != ir::ConstraintKind::check || !check.not_valid || !check.expr || rule::is_own(context, add.table)) return;
  if (check.expr->kind != ir::ExprKind::is_not_null || check.expr->args.empty() || !check.expr->args.front() || check.expr->args.front()->kind != ir::ExprKind::column || check.expr->args.front()->names.empty()) return;
  const std::string& column = check.expr->args.front()->names.back();
  Finding& finding = context.remark(check.span, fmt::format("From 18 on NOT NULL of {} takes NOT VALID itself: no CHECK has to be dropped later", rule::column_of(context, add.table, column)));
  rule::Steps steps(context);
  steps.prove_not_null(context, add.table, column);
  finding.help = steps.text();
}

}  // namespace

extern constinit const rule::RuleChecks prefer_not_null_not_valid = rule::subscribe<on_add>();

}  // namespace whimbrel::rules
