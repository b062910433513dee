// Rows change by the thousand, and the planner learns of it only when autovacuum comes by.
#include <fmt/format.h>
#include <algorithm>
#include <variant>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool analyzes(const ir::Statement& statement, const ir::QualifiedName& table, const rule::Context& context) {
  const auto is_it = [&](const ir::RelationName& name) { return name.value.empty() || context.catalog().resolve(name.value) == table; };
  return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
    if (const auto* analyze = std::get_if<ir::op::Analyze>(&step.operation)) return is_it(analyze->table);
    const auto* vacuum = std::get_if<ir::op::Vacuum>(&step.operation);
    return vacuum != nullptr && vacuum->analyze && is_it(vacuum->table);
  });
}

bool is_small(const ir::RelationName& name, const rule::Context& context) {
  const catalog::Relation* table = context.table(name);
  const bool temporary = table != nullptr && table->persistence == ir::Persistence::temporary;
  return temporary || (context.is_harmless(name) && !context.is_new(name));
}

void judge(const ir::RelationName& name, rule::Context& context) {
  const ir::QualifiedName table = context.catalog().resolve(name.value);
  if (is_small(name, context) || std::ranges::any_of(rule::statements_behind(context), [&](const ir::Statement& statement) { return analyzes(statement, table, context); })) return;
  Finding& finding = context.remark(context.step().span, fmt::format("The planner keeps the statistics of {} from before this, until autovacuum analyzes it", context.name_of(name)));
  finding.help = rule::Steps(context).say("after it:").run(fmt::format("ANALYZE {}", ir::to_sql(name.value))).text();
}

void on_update(const ir::op::Update& update, rule::Context& context) {
  if (context.effects().scan_of(context.catalog().resolve(update.table.value)) != nullptr) judge(update.table, context);
}
void on_insert(const ir::op::Insert& insert, rule::Context& context) {
  if (insert.from_query && !insert.query.reads.empty()) judge(insert.table, context);
}
void on_copy(const ir::op::Copy& copy, rule::Context& context) {
  if (copy.from) judge(copy.table, context);
}

}  // namespace

extern constinit const rule::RuleChecks analyze_after_backfill = rule::subscribe<on_update, on_insert, on_copy>();

}  // namespace whimbrel::rules
