// DROP SCHEMA: all that was in it is gone.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool made_here(const ir::op::DropSchema& drop, const rule::Context& context) {
  return std::ranges::any_of(rule::statements_before(context), [&](const ir::Statement& statement) {
    return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
      const auto* create = std::get_if<ir::op::CreateSchema>(&step.operation);
      return create != nullptr && create->schema.value == drop.schema.value && !create->if_not_exists;
    });
  });
}

void on_drop(const ir::op::DropSchema& drop, rule::Context& context) {
  if (made_here(drop, context) || !context.effects().error.empty()) return;
  const std::string name = ir::quote_identifier(drop.schema.value);
  Finding& finding = context.report(drop.schema.span,
                                    drop.cascade ? fmt::format("DROP SCHEMA {} CASCADE deletes every table, view, type and function in it, and what depends on them", name)
                                                 : fmt::format("Dropping schema {} breaks code that still names it", name));
  finding.help = rule::Steps(context).say("drop what is in it one by one, when no code uses it any more, and the empty schema last:").run(fmt::format("DROP SCHEMA {}", name)).text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_schema = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
