// A UNIQUE constraint builds its index while everybody waits, unless it is given one that is there.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void report(const ir::Constraint& unique, const ir::RelationName& table, const std::vector<ir::Name>& columns,
            const ir::ColumnDef* added, rule::Context& context) {
  ir::Constraint clause = unique;
  clause.columns = columns;
  const std::string name = rule::constraint_name(context, table, clause);
  const std::string target = ir::to_sql(table.value);
  const std::string quoted = ir::quote_identifier(name);
  Finding& finding =
      context.report(unique.span, fmt::format("Adding the UNIQUE constraint on {} ({}) builds its index and {} {}",
                                              context.name_of(table), ir::to_sql(columns), rule::blocks(context, table),
                                              rule::until(context, "it is built")));
  const catalog::Relation* relation = context.table(table);
  rule::Steps steps(context);
  if (added != nullptr) {
    steps.run(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", target, ir::quote_identifier(added->name.value),
                          ir::to_sql(added->type.value)));
  }
  if (relation != nullptr && relation->kind == catalog::RelationKind::partitioned_table) {
    const std::string partition =
        relation->children.empty() ? "a_partition" : context.name_of({.value = relation->children.front(), .span = {}});
    const std::string part_index = ir::quote_identifier(name + "_1");
    steps.run(fmt::format("ALTER TABLE ONLY {} ADD CONSTRAINT {} UNIQUE ({})", target, quoted, ir::to_sql(columns)))
        .say("for each partition:")
        .run_alone(
            fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} ({})", part_index, partition, ir::to_sql(columns)))
        .run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE USING INDEX {}", partition, part_index, part_index))
        .run(fmt::format("ALTER INDEX {} ATTACH PARTITION {}", quoted, part_index));
  } else {
    steps.build_unique_index(table, columns, name)
        .run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE USING INDEX {}", target, quoted, quoted));
  }
  finding.help = steps.text();
}

void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  const ir::Constraint& unique = add.constraint;
  if (unique.kind != ir::ConstraintKind::unique || !unique.using_index.value.empty()) return;
  if (context.is_harmless(add.table) || context.effects().builds.empty()) return;
  // Another action of the statement rewrites the table, and with it builds every index anew.
  if (context.statement_effects().rewrite_of(context.catalog().resolve(add.table.value)) != nullptr) return;
  report(unique, add.table, unique.columns, nullptr, context);
}

/// Where the new column rewrites the table, all indexes are built with it: one finding is enough.
void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  const ir::Constraint* unique = rule::inline_constraint(add.column, ir::ConstraintKind::unique);
  if (unique == nullptr || rule::inline_constraint(add.column, ir::ConstraintKind::primary_key) != nullptr) return;
  if (context.is_harmless(add.table) || context.effects().builds.empty() || !context.effects().rewrites.empty()) return;
  report(*unique, add.table, {add.column.name}, &add.column, context);
}

}  // namespace

extern constinit const rule::RuleChecks add_unique_constraint = rule::subscribe<on_add_constraint, on_add_column>();

}  // namespace whimbrel::rules
