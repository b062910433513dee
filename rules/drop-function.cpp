// DROP FUNCTION: code that still uses it fails.
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// IF EXISTS of a function that the history has with another number of arguments only: nothing is dropped. None written may mean any.
bool drops_nothing(const ir::op::DropFunction& drop, const std::vector<const catalog::Function*>& known) {
  return drop.if_exists && !drop.arguments.empty() && !known.empty() &&
         std::ranges::none_of(known, [&](const catalog::Function* one) { return one->arguments.size() == drop.arguments.size(); });
}

void on_drop(const ir::op::DropFunction& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.function.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name) || rule::is_made_again(context, name)) return;
  if (drops_nothing(drop, context.catalog().find_functions(name))) return;
  rule::report_drop(context, drop.function, drop.procedure ? "procedure" : "function", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_function = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
