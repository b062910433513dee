// What PostgreSQL's own parser refuses.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_invalid(const ir::op::Invalid& invalid, rule::Context& context) {
  // In Python, under a condition that cannot be told: it may be meant for another database. It is counted as unknown.
  if (!context.is_sql_source() && context.moment().runs == Tri::unknown) return;
  context.report(invalid.at, fmt::format("This statement is not {}: {}", invalid.language, invalid.message));
}

}  // namespace

extern constinit const rule::RuleChecks syntax_error = rule::subscribe<on_invalid>();

}  // namespace whimbrel::rules
