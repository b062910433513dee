// Without autovacuum a table bloats and its statistics grow old.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool is_off(std::string_view value) { return equals_ignoring_case(value, "false") || equals_ignoring_case(value, "off") || equals_ignoring_case(value, "no") || value == "0"; }
bool is_switch(const ir::Option& option) { return option.name == "autovacuum_enabled" || option.name == "toast.autovacuum_enabled"; }

/// Whether the statement takes the setting back.
bool switches_on(const ir::Statement& statement, const ir::QualifiedName& table, const rule::Context& context) {
  return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
    const auto* alter = std::get_if<ir::op::AlterTable>(&step.operation);
    return alter != nullptr && context.catalog().resolve(alter->table.value) == table && std::ranges::any_of(alter->options, [](const ir::Option& option) { return is_switch(option) && !is_off(option.value); });
  });
}

void judge(const ir::RelationName& table, const std::vector<ir::Option>& options, rule::Context& context) {
  const auto off = std::ranges::find_if(options, [](const ir::Option& option) { return is_switch(option) && is_off(option.value); });
  if (off == options.end()) return;
  const ir::QualifiedName name = context.catalog().resolve(table.value);
  for (const ir::Statement& later : rule::statements_behind(context)) {
    if (switches_on(later, name, context)) return;
  }
  Finding& finding = context.report(off->span, fmt::format("Nothing vacuums or analyzes {} any more: it bloats, and its plans go by old statistics", context.name_of(table)));
  finding.help = rule::Steps(context).say("tune it instead:").run(fmt::format("ALTER TABLE {} SET (autovacuum_vacuum_scale_factor = 0.01)", ir::to_sql(table.value))).text();
}

void on_alter(const ir::op::AlterTable& alter, rule::Context& context) {
  if (alter.action == ir::op::TableAction::set_options) judge(alter.table, alter.options, context);
}
void on_create(const ir::op::CreateTable& create, rule::Context& context) { judge(create.table, create.options, context); }

}  // namespace

extern constinit const rule::RuleChecks autovacuum_disabled = rule::subscribe<on_alter, on_create>();

}  // namespace whimbrel::rules
