// A foreign key that is checked at once keeps writers of both tables waiting while every row is looked up.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

Finding& report(const ir::Constraint& key, const ir::RelationName& table, rule::Context& context,
                std::string_view aside) {
  const std::string parent = context.name_of(key.references);
  const std::string child = context.name_of(table);
  const std::string waits = rule::blocks(context, table);
  const std::string there = rule::blocks(context, key.references);
  std::string of = child;
  if (child != parent && !rule::is_own(context, key.references)) of += waits == there ? " and " + parent : fmt::format(", and {} of {},", there, parent);
  return context.report(
      key.span, fmt::format("Adding the foreign key from {} to {} reads all of {}{} and {} of {} {}", child, parent,
                            child, aside, waits, of, rule::until(context, "every row is checked")));
}

/// Before 18 a partitioned table takes no NOT VALID: its partitions do.
std::string partition_by_partition(const catalog::Relation& table, const std::string& parent, const std::string& name,
                                   const std::string& clause, const rule::Context& context) {
  const std::string partition =
      table.children.empty() ? "a_partition" : context.name_of({.value = table.children.front(), .span = {}});
  return rule::Steps(context)
      .say("PostgreSQL before 18 takes no NOT VALID on a partitioned table; so for each partition:")
      .add_not_valid(partition, name, clause)
      .say("then the parent, which finds the partitions' keys and reads nothing:")
      .run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", parent, name, clause))
      .text();
}

void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  const ir::Constraint& key = add.constraint;
  if (key.kind != ir::ConstraintKind::foreign_key || key.not_valid || context.is_harmless(add.table)) return;
  if (rule::work_of(context.effects().scans, {facts::Cause::foreign_key}) == nullptr) return;
  const catalog::Relation* table = context.table(add.table);
  const std::string name = ir::quote_identifier(rule::constraint_name(context, add.table, key));
  const std::string clause = rule::constraint_sql(key);
  const std::string target = ir::to_sql(add.table.value);
  Finding& finding = report(key, add.table, context, "");
  if (table != nullptr && table->kind == catalog::RelationKind::partitioned_table && context.pg_version() < 18) {
    finding.help = partition_by_partition(*table, target, name, clause, context);
    return;
  }
  finding.help = rule::Steps(context).add_not_valid(target, name, clause).text();
  rule::offer_insertion(finding, context, key.span, " NOT VALID", "Add it NOT VALID; VALIDATE it in a later migration");
  const catalog::Column* column =
      table == nullptr || key.columns.size() != 1 ? nullptr : table->find_column(key.columns.front().value);
  if (column != nullptr && !column->default_value && rule::made_in_this_part(context, column->origin)) {
    rule::add_label(finding, column->origin.span,
                    "this column is new: REFERENCES written here, without a default, would check nothing");
  }
}

/// REFERENCES of a new column is free while the column is all NULL; a default makes the server look at every row.
void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  const ir::Constraint* key = rule::inline_constraint(add.column, ir::ConstraintKind::foreign_key);
  if (key == nullptr || !add.column.default_value || context.is_harmless(add.table)) return;
  if (rule::work_of(context.effects().scans, {facts::Cause::foreign_key}) == nullptr) return;
  Finding& finding = report(*key, add.table, context, ", because the new column has a default,");
  ir::Constraint clause = *key;
  if (clause.columns.empty()) clause.columns = {add.column.name};
  const std::string table = ir::to_sql(add.table.value);
  finding.help = rule::Steps(context)
                     .run(fmt::format("ALTER TABLE {} ADD COLUMN {} {} DEFAULT {}", table,
                                      ir::quote_identifier(add.column.name.value), ir::to_sql(add.column.type.value),
                                      ir::to_sql(*add.column.default_value)))
                     .add_not_valid(table, ir::quote_identifier(rule::constraint_name(context, add.table, clause)),
                                    rule::constraint_sql(clause))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks add_foreign_key_without_not_valid =
    rule::subscribe<on_add_constraint, on_add_column>();

}  // namespace whimbrel::rules
