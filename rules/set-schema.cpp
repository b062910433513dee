// SET SCHEMA: code that is running finds the object nowhere.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_set_schema(const ir::op::SetSchema& set, rule::Context& context) {
  if (set.kind == ir::ObjectKind::extension || !context.effects().error.empty() || rule::is_own(context, set.object)) return;
  const bool table = set.kind == ir::ObjectKind::table;
  if (rule::is_made_again(context, context.catalog().resolve(set.object.value))) return;
  const std::string name = table ? context.name_of(set.object) : ir::to_sql(set.object.value);
  Finding& finding = context.report(set.schema.span,
                                    fmt::format("Moving {} to schema {} breaks code that still names it where it was", name, ir::quote_identifier(set.schema.value)));
  rule::Steps steps(context);
  if (table) {
    steps.say("in the same transaction, a view where the table was:")
        .run(fmt::format("CREATE VIEW {} AS SELECT * FROM {}.{}", ir::to_sql(set.object.value), ir::quote_identifier(set.schema.value), ir::quote_identifier(set.object.value.name)));
  } else {
    steps.say("move it when no code names the old schema any more");
  }
  finding.help = steps.text();
}

}  // namespace

extern constinit const rule::RuleChecks set_schema = rule::subscribe<on_set_schema>();

}  // namespace whimbrel::rules
