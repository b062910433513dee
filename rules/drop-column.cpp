// DROP COLUMN: the values are gone, and what still names the column fails.
#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Keys and indexes that hold the column and go with it, sorted by name.
std::vector<std::string> lost_with(const rule::Context& context, const catalog::Relation& table, const std::string& column) {
  std::set<std::string> lost;
  for (const catalog::Constraint& constraint : table.constraints) {
    const bool is_key = constraint.kind == ir::ConstraintKind::primary_key || constraint.kind == ir::ConstraintKind::unique;
    if (is_key && std::ranges::count(constraint.columns, column) != 0) lost.insert(ir::quote_identifier(constraint.name));
  }
  for (const ir::QualifiedName& name : table.indexes) {
    const catalog::Index* index = context.catalog().find_index(name);
    if (index == nullptr || !index->constraint.empty()) continue;
    const bool holds = std::ranges::count(index->columns, column, &catalog::IndexColumn::column) != 0 || std::ranges::count(index->including, column) != 0;
    if (holds) lost.insert(ir::quote_identifier(index->name.name));
  }
  return {lost.begin(), lost.end()};
}

/// The foreign keys that the column is part of, on its side.
std::vector<std::string> foreign_keys_of(const catalog::Relation& table, const std::string& column) {
  std::vector<std::string> keys;
  for (const catalog::Constraint& constraint : table.constraints) {
    if (constraint.kind == ir::ConstraintKind::foreign_key && std::ranges::count(constraint.columns, column) != 0) keys.push_back(constraint.name);
  }
  return keys;
}

/// The name comes back: code finds a column, but not the values.
std::string made_again_help(const ir::op::DropColumn& drop, const ir::Step& again, const rule::Context& context) {
  rule::Steps steps(context);
  const auto* add = std::get_if<ir::op::AddColumn>(&again.operation);
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(drop.column.value);
  if (add != nullptr && add->column.type.value.known()) {
    const std::string target = ir::to_sql(drop.table.value);
    const std::string name = ir::quote_identifier(drop.column.value);
    const std::string type = ir::to_sql(add->column.type.value);
    if (column != nullptr && ir::to_sql(column->type) == type) {
      steps.say("the type stays: change what is new about the column, and keep its values");
      if (add->column.default_value) steps.run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}", target, name, ir::to_sql(*add->column.default_value)));
      return steps.say("where the old values are to go, UPDATE them in batches").text();
    }
    steps.say("where the values can be converted, keep them (which rewrites the table, unless the types are alike):");
    const std::vector<std::string> keys = table == nullptr ? std::vector<std::string>() : foreign_keys_of(*table, drop.column.value);
    for (const std::string& key : keys) steps.run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", target, ir::quote_identifier(key)));
    steps.run(fmt::format("ALTER TABLE {} ALTER COLUMN {} TYPE {} USING {}::{}", target, name, type, name, type));
    if (!keys.empty()) steps.say("and the foreign key again, NOT VALID, when the column that it points at has the new type too");
    return steps.say("else make the new column under another name, fill it, and drop the old one in a later release").text();
  }
  return steps.say("let the application use the new column under its own name, and drop the old one in a later release").text();
}

void on_drop_column(const ir::op::DropColumn& drop, rule::Context& context) {
  if (rule::is_own(context, drop.table)) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(drop.column.value);
  if (column != nullptr && rule::made_in_this_part(context, column->origin)) return;
  // Not there: IF EXISTS does nothing, and else nothing is lost but the migration (drop-unknown-object).
  const bool is_missing = column == nullptr && table != nullptr && table->exact;
  if (is_missing && (drop.if_exists || context.catalog().complete())) return;

  const bool computed = column != nullptr && column->generated == ir::Generated::virtual_;
  const std::string name = rule::column_of(context, drop.table, drop.column.value);
  const ir::Step* const again = rule::column_made_again(context, drop.table, drop.column.value);
  std::string message = again != nullptr
                            ? fmt::format("Dropping {} deletes its values, which the column that takes its name does not have", name)
                        : computed || context.is_emptied(drop.table)
                            ? fmt::format("Dropping {} breaks code that still names it", name)
                            : fmt::format("Dropping {} deletes its values, and code that still names it fails", name);
  const std::vector<std::string> others = rule::also_blocked(context, drop.table);
  if (!others.empty()) message += fmt::format("; its foreign key goes too, which locks {}", rule::join_names(others));
  if (table != nullptr) {
    const std::vector<std::string> lost = lost_with(context, *table, drop.column.value);
    if (!lost.empty()) message += fmt::format("; {} {} with it", rule::join_names(lost), lost.size() == 1 ? "goes" : "go");
  }
  Finding& finding = context.report(drop.column.span, message);
  if (again != nullptr) {
    finding.help = made_again_help(drop, *again, context);
    return;
  }
  rule::Steps steps(context);
  steps.say("first a release whose code does not name the column (an ORM names every column of its model)");
  if (column != nullptr && column->not_null == Tri::yes && !column->default_value) {
    steps.say("which needs a column that may stay empty:")
        .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL", ir::to_sql(drop.table.value),
                         ir::quote_identifier(drop.column.value)));
  }
  finding.help =
      steps.say("then the drop, with the reason: whimbrel: ignore drop-column (unused since release …)").text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_column = rule::subscribe<on_drop_column>();

}  // namespace whimbrel::rules
