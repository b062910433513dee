// DROP TYPE: code that still uses it fails.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop(const ir::op::DropType& drop, rule::Context& context) {
  if (!context.effects().error.empty()) return;
  const catalog::Type* type = context.catalog().find_type(context.catalog().resolve(drop.type.value));
  if (type != nullptr && rule::made_in_this_part(context, type->origin)) return;
  if (!drop.cascade && context.moment().direction == ir::Direction::up && rule::is_made_again(context, context.catalog().resolve(drop.type.value))) return;
  const std::string name = ir::to_sql(drop.type.value);
  Finding& finding = context.report(drop.type.span.empty() ? context.step().span : drop.type.span,
                                    fmt::format("Dropping type {}{} breaks code that still uses it", name, drop.cascade ? " and all that depends on it" : ""));
  finding.help = rule::Steps(context).say("drop it in a later release, when no code uses it any more").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_type = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
