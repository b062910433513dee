// CASCADE drops objects that the statement does not name.
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

/// The foreign keys that need the index of a key go too. `drop` drops it without CASCADE.
void judge_key(const catalog::Index& index, Span culprit, const std::string& what, const std::string& drop, rule::Context& context) {
  std::vector<std::string> lost;
  rule::Steps steps(context);
  steps.say("say what goes:");
  for (const catalog::Referrer& referrer : catalog::keys_resting_on(context.catalog(), index)) {
    const ir::QualifiedName& table = referrer.table->name;
    const std::string key = ir::quote_identifier(referrer.key->name);
    steps.run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", ir::to_sql(table), key));
    lost.push_back(fmt::format("{} of {}", key, context.name_of({.value = table, .span = {}})));
  }
  if (lost.empty()) return;
  Finding& finding = context.report(culprit, fmt::format("Dropping {} with CASCADE drops the foreign keys that need it: {}", what, rule::join_names(lost)));
  finding.help = steps.run(drop).text();
}

/// A primary key or unique constraint.
void on_constraint(const ir::op::DropConstraint& drop, rule::Context& context) {
  if (!drop.cascade || rule::is_own(context, drop.table)) return;
  const catalog::Relation* table = context.table(drop.table);
  const catalog::Constraint* constraint = table == nullptr ? nullptr : table->find_constraint(drop.constraint.value);
  const catalog::Index* index = constraint == nullptr ? nullptr : context.catalog().find_index({table->name.schema, constraint->index});
  if (index == nullptr) return;
  const std::string name = ir::quote_identifier(drop.constraint.value);
  judge_key(*index, drop.constraint.span, name, fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", ir::to_sql(drop.table.value), name), context);
}

/// A unique index that is no constraint.
void on_index(const ir::op::DropIndex& drop, rule::Context& context) {
  if (!drop.cascade || !context.effects().error.empty()) return;
  const catalog::Index* index = context.catalog().find_index(drop.index.value);
  if (index == nullptr || rule::is_own(context, {.value = index->table, .span = drop.index.span})) return;
  const std::string name = ir::to_sql(drop.index.value);
  judge_key(*index, drop.index.span, "index " + name, "DROP INDEX " + name, context);
}

}  // namespace

extern constinit const rule::RuleChecks drop_cascade = rule::subscribe<on_extension, on_constraint, on_index>();

}  // namespace whimbrel::rules
