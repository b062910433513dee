// DROP FUNCTION: code that still uses it fails.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// IF EXISTS of a function that the history has with another number of arguments only: nothing is dropped. None written may mean any.
bool drops_nothing(const ir::op::DropFunction& drop, const std::vector<const catalog::Function*>& known) {
  return drop.if_exists && !drop.arguments.empty() && !known.empty() &&
         std::ranges::none_of(known, [&](const catalog::Function* one) { return one->arguments.size() == drop.arguments.size(); });
}

/// Code cannot call what returns trigger, and while a trigger runs it the server refuses to drop it.
bool runs_for_triggers_only(const std::vector<const catalog::Function*>& known) {
  return !known.empty() && std::ranges::all_of(known, [](const catalog::Function* one) { return one->returns.name == "trigger" || one->returns.name == "event_trigger"; });
}

/// CASCADE takes the triggers along, silently.
void on_trigger_function(const ir::op::DropFunction& drop, const ir::QualifiedName& function, rule::Context& context) {
  std::vector<std::string> triggers;
  for (const auto& [name, relation] : context.catalog().relations()) {
    for (const catalog::Attached& attached : relation->attached) {
      if (attached.kind == catalog::Attached::Kind::trigger && attached.function == function) {
        triggers.push_back(fmt::format("{} of {}", ir::quote_identifier(attached.name), context.name_of({.value = name, .span = {}})));
      }
    }
  }
  if (triggers.empty()) return;
  Finding& finding = context.report(drop.function.span.empty() ? context.step().span : drop.function.span,
                                    fmt::format("Dropping function {} with CASCADE drops the {} that {} it: {}", ir::to_sql(drop.function.value), triggers.size() == 1 ? "trigger" : "triggers",
                                                triggers.size() == 1 ? "runs" : "run", rule::join_names(triggers)));
  finding.help = rule::Steps(context).say("drop the triggers by name, then the function without CASCADE").text();
}

void on_drop(const ir::op::DropFunction& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.function.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name) || rule::is_made_again(context, name)) return;
  const std::vector<const catalog::Function*> known = context.catalog().find_functions(name);
  if (drops_nothing(drop, known)) return;
  if (runs_for_triggers_only(known)) {
    if (drop.cascade) on_trigger_function(drop, known.front()->name, context);
    return;
  }
  rule::report_drop(context, drop.function, drop.procedure ? "procedure" : "function", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_function = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
