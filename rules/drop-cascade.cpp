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

/// A primary key or unique constraint: the foreign keys that need it go too.
void on_constraint(const ir::op::DropConstraint& drop, rule::Context& context) {
  if (!drop.cascade || rule::is_own(context, drop.table)) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Constraint* constraint = table == nullptr ? nullptr : table->find_constraint(drop.constraint.value);
  if (constraint == nullptr || (constraint->kind != ir::ConstraintKind::primary_key && constraint->kind != ir::ConstraintKind::unique)) return;
  std::vector<std::string> lost;
  rule::Steps steps(context);
  steps.say("say what goes:");
  for (const ir::QualifiedName& name : context.catalog().referencing(table->name)) {
    const catalog::Relation* other = context.catalog().find_relation(name);
    if (other == nullptr) continue;
    for (const catalog::Constraint& key : other->constraints) {
      if (key.kind == ir::ConstraintKind::foreign_key && key.references == table->name && std::ranges::is_permutation(key.referenced_columns, constraint->columns)) {
        steps.run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", ir::to_sql(name), ir::quote_identifier(key.name)));
        lost.push_back(fmt::format("{} of {}", ir::quote_identifier(key.name), context.name_of({.value = name, .span = {}})));
      }
    }
  }
  if (lost.empty()) return;
  Finding& finding = context.report(drop.constraint.span, fmt::format("Dropping {} with CASCADE drops the foreign keys that need it: {}", ir::quote_identifier(drop.constraint.value), rule::join_names(lost)));
  finding.help = steps.run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", ir::to_sql(drop.table.value), ir::quote_identifier(drop.constraint.value))).text();
}

}  // namespace

extern constinit const rule::RuleChecks drop_cascade = rule::subscribe<on_extension, on_constraint>();

}  // namespace whimbrel::rules
