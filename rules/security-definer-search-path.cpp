// A SECURITY DEFINER function without its own search_path can be made to run a caller's code.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateFunction& create, rule::Context& context) {
  if (!create.security_definer || create.standard_body || create.language == "c" || create.language == "internal") return;
  if (std::ranges::any_of(create.settings, [](const ir::Option& option) { return equals_ignoring_case(option.name, "search_path"); })) return;
  for (const ir::Statement& later : rule::statements_behind(context)) {
    for (const ir::Step& step : later.steps) {
      const auto* alter = std::get_if<ir::op::AlterObject>(&step.operation);
      if (alter != nullptr && alter->object.value.name == create.function.value.name) return;  // it may well be that
    }
  }
  Finding& finding = context.remark(create.function.span,
                                    fmt::format("{} {} runs with its owner's rights and looks names up along the caller's search_path: a caller can make it run what he put there", create.procedure ? "Procedure" : "Function", ir::to_sql(create.function.value)));
  finding.help = rule::Steps(context).say("in its definition, whose body then writes the schema before each name of your own:").say("  SECURITY DEFINER SET search_path = pg_catalog, pg_temp").text();
}

}  // namespace

extern constinit const rule::RuleChecks security_definer_search_path = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
