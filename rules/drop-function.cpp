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

/// The functions that the statement drops, as the catalog names them.
std::vector<ir::QualifiedName> dropped_by_statement(const rule::Context& context) {
  std::vector<ir::QualifiedName> names;
  for (const ir::Step& step : context.statement().steps) {
    if (const auto* drop = std::get_if<ir::op::DropFunction>(&step.operation)) names.push_back(context.catalog().resolve(drop->function.value));
  }
  return names;
}

/// CASCADE takes the triggers along, silently: those of all functions of the statement, said once.
void on_trigger_function(const ir::op::DropFunction& drop, rule::Context& context) {
  if (context.reported_statement()) return;
  const std::vector<ir::QualifiedName> dropped = dropped_by_statement(context);
  std::vector<std::string> triggers;
  for (const auto& [name, relation] : context.catalog().relations()) {
    for (const catalog::Attached& attached : relation->attached) {
      if (attached.kind == catalog::Attached::Kind::trigger && std::ranges::find(dropped, attached.function) != dropped.end()) {
        triggers.push_back(fmt::format("{} of {}", ir::quote_identifier(attached.name), context.name_of({.value = name, .span = {}})));
      }
    }
  }
  if (triggers.empty()) return;
  const bool one = dropped.size() == 1;
  const std::string what = one ? fmt::format("function {}", ir::to_sql(drop.function.value)) : fmt::format("{} functions", dropped.size());
  Finding& finding = context.report(drop.function.span,
                                    fmt::format("Dropping {} with CASCADE drops the {} that {} {}: {}", what, triggers.size() == 1 ? "trigger" : "triggers",
                                                triggers.size() == 1 ? "runs" : "run", one ? "it" : "them", rule::join_names(triggers)));
  finding.help = rule::Steps(context).say(one ? "drop the triggers by name, then the function without CASCADE" : "drop the triggers by name, then the functions without CASCADE").text();
}

void on_drop(const ir::op::DropFunction& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.function.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name) || rule::is_made_again(context, name)) return;
  const std::vector<const catalog::Function*> known = context.catalog().find_functions(name);
  if (drops_nothing(drop, known)) return;
  if (rule::runs_for_triggers_only(known)) {
    if (drop.cascade) on_trigger_function(drop, context);
    return;
  }
  rule::report_drop(context, drop.function, drop.procedure ? "procedure" : "function", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_function = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
