// Without its default a NOT NULL column refuses the inserts that do not name it.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether a later statement of this part gives the column a default or an identity, lets it be empty, or drops it.
bool is_mended(const ir::Operation& operation, const ir::op::DropDefault& drop, const rule::Context& context) {
  const auto about = [&](const ir::RelationName& table, const ir::Name& column) {
    return column.value == drop.column.value && context.catalog().resolve(table.value) == context.catalog().resolve(drop.table.value);
  };
  if (const auto* set = std::get_if<ir::op::SetDefault>(&operation)) return about(set->table, set->column);
  if (const auto* identity = std::get_if<ir::op::AddIdentity>(&operation)) return about(identity->table, identity->column);
  if (const auto* null = std::get_if<ir::op::DropNotNull>(&operation)) return about(null->table, null->column);
  if (const auto* gone = std::get_if<ir::op::DropColumn>(&operation)) return about(gone->table, gone->column);
  // A type change between the two is told by its own rule, and brings the default back behind it.
  return false;
}

void on_drop(const ir::op::DropDefault& drop, rule::Context& context) {
  if (rule::is_own(context, drop.table) || !context.effects().error.empty()) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(drop.column.value);
  if (column == nullptr || column->not_null != Tri::yes || !column->default_value || column->identity != ir::Identity::none) return;
  const auto mends = [&](const ir::Step& step) { return is_mended(step.operation, drop, context); };
  if (std::ranges::any_of(context.statement().steps, mends)) return;
  for (const ir::Statement& later : rule::statements_behind(context)) {
    if (std::ranges::any_of(later.steps, mends)) return;
  }
  Finding& finding = context.report(drop.column.span,
                                    fmt::format("{} is NOT NULL: without its default, inserts by code that does not name it fail", rule::column_of(context, drop.table, drop.column.value)));
  finding.help = rule::Steps(context).say("in a later release, when all code that inserts names the column:")
                     .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT", ir::to_sql(drop.table.value), ir::quote_identifier(drop.column.value)))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_default = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
