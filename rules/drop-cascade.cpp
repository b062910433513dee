// CASCADE drops objects that the statement does not name.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_extension(const ir::op::DropExtension& drop, rule::Context& context) {
  if (!drop.cascade || !context.effects().error.empty()) return;
  if (drop.if_exists && context.catalog().complete() && !context.catalog().has_extension(drop.extension.value)) return;
  Finding& finding = context.report(drop.extension.span,
                                    fmt::format("Dropping extension {} with CASCADE drops every column of its types, with all values, and every index and function that uses it", ir::quote_identifier(drop.extension.value)));
  finding.help = rule::Steps(context).say("drop by name what depends on it, then:").run(fmt::format("DROP EXTENSION {}", ir::quote_identifier(drop.extension.value))).text();
}

/// The foreign keys that need a key over these columns; what drops each goes to `steps`.
std::vector<std::string> keys_that_need(const catalog::Relation& table, const std::vector<std::string>& columns, rule::Context& context, rule::Steps& steps) {
  std::vector<std::string> lost;
  for (const ir::QualifiedName& name : context.catalog().referencing(table.name)) {
    const catalog::Relation* other = context.catalog().find_relation(name);
    if (other == nullptr) continue;
    for (const catalog::Constraint& key : other->constraints) {
      if (key.kind != ir::ConstraintKind::foreign_key || key.references != table.name || !std::ranges::is_permutation(key.referenced_columns, columns)) continue;
      steps.run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", ir::to_sql(name), ir::quote_identifier(key.name)));
      lost.push_back(fmt::format("{} of {}", ir::quote_identifier(key.name), context.name_of({.value = name, .span = {}})));
    }
  }
  return lost;
}

void judge_key(const catalog::Relation& table, const std::vector<std::string>& columns, Span culprit, const std::string& what, const std::string& without_cascade, rule::Context& context) {
  rule::Steps steps(context);
  steps.say("say what goes:");
  const std::vector<std::string> lost = keys_that_need(table, columns, context, steps);
  if (lost.empty()) return;
  Finding& finding = context.report(culprit, fmt::format("Dropping {} with CASCADE drops the foreign keys that need it: {}", what, rule::join_names(lost)));
  finding.help = steps.run(without_cascade).text();
}

/// A primary key or unique constraint: the foreign keys that need it go too.
void on_constraint(const ir::op::DropConstraint& drop, rule::Context& context) {
  if (!drop.cascade || rule::is_own(context, drop.table)) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Constraint* constraint = table == nullptr ? nullptr : table->find_constraint(drop.constraint.value);
  if (constraint == nullptr || (constraint->kind != ir::ConstraintKind::primary_key && constraint->kind != ir::ConstraintKind::unique)) return;
  const std::string name = ir::quote_identifier(drop.constraint.value);
  judge_key(*table, constraint->columns, drop.constraint.span, name, fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", ir::to_sql(drop.table.value), name), context);
}

/// The same of a unique index that is no constraint.
void on_index(const ir::op::DropIndex& drop, rule::Context& context) {
  if (!drop.cascade || !context.effects().error.empty()) return;
  const catalog::Index* index = context.catalog().find_index(drop.index.value);
  if (index == nullptr || !index->unique || index->predicate) return;
  const ir::RelationName on{.value = index->table, .span = drop.index.span};
  const catalog::Relation* table = context.table(on);
  if (table == nullptr || rule::is_own(context, on)) return;
  std::vector<std::string> columns;
  for (const catalog::IndexColumn& column : index->columns) columns.push_back(column.column);
  const std::string name = ir::to_sql(drop.index.value);
  judge_key(*table, columns, drop.index.span, "index " + name, "DROP INDEX " + name, context);
}

}  // namespace

extern constinit const rule::RuleChecks drop_cascade = rule::subscribe<on_extension, on_constraint, on_index>();

}  // namespace whimbrel::rules
