// RENAME VALUE of an enum: code that is running says the old value.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_rename(const ir::op::RenameEnumValue& rename, rule::Context& context) {
  if (!context.effects().error.empty() || rule::is_made_here(context, context.catalog().resolve(rename.type.value))) return;
  const std::string name = ir::to_sql(rename.type.value);
  Finding& finding = context.report(rename.new_value.span,
                                    fmt::format("Renaming the value '{}' of {} to '{}' breaks code that still says the old one", rename.value.value, name, rename.new_value.value));
  finding.help = rule::Steps(context)
                     .run_alone(fmt::format("ALTER TYPE {} ADD VALUE '{}'", name, rename.new_value.value))
                     .say("in later migrations: change the rows in batches, and let no code use the old value")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks rename_enum_value = rule::subscribe<on_rename>();

}  // namespace whimbrel::rules
