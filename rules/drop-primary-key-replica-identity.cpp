// Without its primary key a published table can no longer be updated.
#include <fmt/format.h>
#include <algorithm>
#include <span>
#include <variant>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether a statement gives the table another identity, be it a new primary key.
bool gives_identity(std::span<const ir::Statement> statements, const ir::QualifiedName& table, const rule::Context& context) {
  return std::ranges::any_of(statements, [&](const ir::Statement& statement) {
    return std::ranges::any_of(statement.steps, [&](const ir::Step& step) {
      if (const auto* alter = std::get_if<ir::op::AlterTable>(&step.operation)) {
        return alter->action == ir::op::TableAction::replica_identity && alter->detail.value != "default" && alter->detail.value != "nothing" && context.catalog().resolve(alter->table.value) == table;
      }
      const auto* add = std::get_if<ir::op::AddConstraint>(&step.operation);
      return add != nullptr && add->constraint.kind == ir::ConstraintKind::primary_key && context.catalog().resolve(add->table.value) == table;
    });
  });
}

void judge(const ir::RelationName& name, Span place, std::string_view what, rule::Context& context) {
  const catalog::Relation* table = context.table(name);
  if (table->has_replica_identity || gives_identity(context.moment().part.statements, table->name, context)) return;
  Finding& finding = context.report(place, fmt::format("With {} the primary key of {} goes, and with it its replica identity: where the table is published, UPDATE and DELETE fail from then on", what, context.name_of(name)));
  rule::add_label(finding, place.empty() ? context.step().span : place, "the replica identity goes with the primary key");
  finding.help = rule::Steps(context).say("before it:").run(fmt::format("ALTER TABLE {} REPLICA IDENTITY FULL", ir::to_sql(name.value))).text();
}

const catalog::Constraint* key_of(const ir::RelationName& name, const rule::Context& context) {
  const catalog::Relation* table = context.table(name);
  return table == nullptr || rule::is_own(context, name) || !context.effects().error.empty() ? nullptr : table->primary_key();
}

void on_constraint(const ir::op::DropConstraint& drop, rule::Context& context) {
  const catalog::Constraint* key = key_of(drop.table, context);
  if (key != nullptr && key->name == drop.constraint.value) judge(drop.table, drop.constraint.span, ir::quote_identifier(key->name), context);
}
void on_column(const ir::op::DropColumn& drop, rule::Context& context) {
  const catalog::Constraint* key = key_of(drop.table, context);
  if (key != nullptr && std::ranges::find(key->columns, drop.column.value) != key->columns.end()) judge(drop.table, drop.column.span, ir::quote_identifier(drop.column.value), context);
}

}  // namespace

extern constinit const rule::RuleChecks drop_primary_key_replica_identity = rule::subscribe<on_constraint, on_column>();

}  // namespace whimbrel::rules
