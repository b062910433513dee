// Foreign keys between integer types of different size.
#include <fmt/format.h>

#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool is_integer(std::string_view type) { return type == "smallint" || type == "integer" || type == "bigint"; }

void compare(const ir::Constraint& key, const std::vector<ir::Name>& columns, const ir::RelationName& table,
             const std::vector<ir::ColumnDef>* fresh, rule::Context& context) {
  const catalog::Relation* target = context.table(key.references);
  if (target == nullptr) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string wanted_name;
    if (i < key.referenced_columns.size()) {
      wanted_name = key.referenced_columns[i].value;
    } else if (const catalog::Constraint* primary = target->primary_key(); primary != nullptr && i < primary->columns.size()) {
      wanted_name = primary->columns[i];
    }
    const catalog::Column* referenced = target->find_column(wanted_name);
    std::string own;
    if (fresh != nullptr) {
      for (const ir::ColumnDef& column : *fresh) {
        if (column.name.value == columns[i].value) own = rule::spelling(column.type.value);
      }
    } else if (const catalog::Relation* relation = context.table(table); relation != nullptr) {
      const catalog::Column* column = relation->find_column(columns[i].value);
      if (column != nullptr) own = rule::spelling(column->type);
    }
    const std::string theirs = referenced == nullptr ? std::string() : rule::spelling(referenced->type);
    if (!is_integer(own) || !is_integer(theirs) || own == theirs) continue;
    Finding& finding = context.remark(key.span,
                                      fmt::format("{} is {}, but refers to {}, which is {}", rule::column_of(context, table, columns[i].value), own,
                                                  rule::column_of(context, key.references, wanted_name), theirs));
    finding.help = rule::Steps(context).say(fmt::format("declare {} as {}", ir::quote_identifier(columns[i].value), theirs)).text();
    return;
  }
}

void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  if (add.constraint.kind == ir::ConstraintKind::foreign_key) compare(add.constraint, add.constraint.columns, add.table, nullptr, context);
}

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  const std::vector<ir::ColumnDef> columns{add.column};
  if (const ir::Constraint* key = rule::inline_constraint(add.column, ir::ConstraintKind::foreign_key)) compare(*key, {add.column.name}, add.table, &columns, context);
}

void on_create_table(const ir::op::CreateTable& create, rule::Context& context) {
  for (const ir::ColumnDef& column : create.columns) {
    if (const ir::Constraint* key = rule::inline_constraint(column, ir::ConstraintKind::foreign_key)) compare(*key, {column.name}, create.table, &create.columns, context);
  }
  for (const ir::Constraint& constraint : create.constraints) {
    if (constraint.kind == ir::ConstraintKind::foreign_key) compare(constraint, constraint.columns, create.table, &create.columns, context);
  }
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_type_mismatch = rule::subscribe<on_add_constraint, on_add_column, on_create_table>();

}  // namespace whimbrel::rules
