// DROP INDEX without CONCURRENTLY locks the index's table against everybody.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether a later statement of this part drops a column of the index, which takes the index along: that drop is the finding.
bool goes_with_a_column(const rule::Context& context, const catalog::Index& index) {
  return rule::any_later(context, [&](const ir::Operation& operation) {
    const auto* drop = std::get_if<ir::op::DropColumn>(&operation);
    return drop != nullptr && context.catalog().resolve(drop->table.value) == index.table &&
           std::ranges::find(index.columns, drop->column.value, &catalog::IndexColumn::column) != index.columns.end();
  });
}

/// Whether another kind of statement of the transaction keeps everybody from the table already: this one is instant and adds nothing to that.
bool is_locked_before(const rule::Context& context, const ir::QualifiedName& table) {
  const facts::HeldLock* const lock = context.transaction().held.find(table);
  if (lock == nullptr || lock->mode != LockMode::access_exclusive) return false;
  const auto drops_index = [](const ir::Step& step) { return std::holds_alternative<ir::op::DropIndex>(step.operation); };
  const std::span<const ir::Statement> before = rule::statements_before(context);
  const auto locker = std::ranges::find_if(before, [&](const ir::Statement& statement) { return statement.span.contains(lock->since); });
  return locker != before.end() && std::ranges::none_of(locker->steps, drops_index);
}

/// Whether the change goes through the rows: by the types alone, and where they cannot be told.
bool takes_long(const rule::Context& context, const ir::op::AlterColumnType& alter) {
  const catalog::Relation* const table = context.table(alter.table);
  const catalog::Column* const column = table == nullptr ? nullptr : table->find_column(alter.column.value);
  return column == nullptr || facts::type_change(column->type, alter.type.value, context.catalog(), context.settings()) != facts::TypeChange::free;
}

/// Whether a later statement of this transaction keeps everybody from the table for much longer: that one is the finding.
bool is_locked_for_longer_behind(const rule::Context& context, const ir::QualifiedName& table) {
  if (!context.transaction().open) return false;
  const auto is_table = [&](const ir::RelationName& name) { return context.catalog().resolve(name.value) == table; };
  const auto locks_long = [&](const ir::Step& step) {
    if (const auto* type = std::get_if<ir::op::AlterColumnType>(&step.operation)) return is_table(type->table) && takes_long(context, *type);
    if (const auto* set = std::get_if<ir::op::SetNotNull>(&step.operation)) return is_table(set->table);
    const auto* add = std::get_if<ir::op::AddConstraint>(&step.operation);
    return add != nullptr && is_table(add->table) && !add->constraint.not_valid && add->constraint.using_index.value.empty() &&
           add->constraint.kind != ir::ConstraintKind::foreign_key;
  };
  for (const ir::Statement& later : rule::statements_behind(context)) {
    if (later.runs == Tri::yes && std::ranges::any_of(later.steps, locks_long)) return true;
    if (std::ranges::any_of(later.steps, [](const ir::Step& step) { return std::holds_alternative<ir::op::Transaction>(step.operation); })) return false;
  }
  return false;
}

void on_drop_index(const ir::op::DropIndex& drop, rule::Context& context) {
  // The server refuses some drops; those of partitioned indexes have no concurrent form.
  if (drop.concurrently || !context.effects().error.empty()) return;
  const catalog::Index* index = context.catalog().find_index(drop.index.value);
  ir::RelationName table;
  if (index != nullptr) {
    table.value = index->table;
    if (rule::made_in_this_part(context, index->origin) || context.is_harmless(table)) return;
    if (index->partitioned || !index->parent.empty() || !index->constraint.empty()) return;
    if (is_locked_before(context, index->table) || rule::is_dropped_later(context, index->table) || goes_with_a_column(context, *index)) return;
    if (is_locked_for_longer_behind(context, index->table)) return;
  }

  // CONCURRENTLY takes one index a statement.
  const bool single = context.statement().steps.size() == 1;
  Span culprit = drop.index.span;
  if (single && !drop.index_keyword.empty()) culprit.begin = drop.index_keyword.begin;
  const std::string name = ir::to_sql(drop.index.value);
  Finding& finding = context.report(
      culprit, fmt::format("Dropping index {} {}{} {}, and already while it waits for its turn", name,
                           rule::blocks(context, table), index == nullptr ? "" : " of " + context.name_of(table),
                           rule::until(context, "it is done")));
  std::string python = fmt::format("op.drop_index({}", rule::python_string(drop.index.value.name));
  if (index != nullptr) python += fmt::format(", table_name={}", rule::python_string(index->table.name));
  python += rule::python_schema(drop.index) + ", postgresql_concurrently=True)";
  rule::Steps steps(context);
  if (drop.cascade) steps.say("CONCURRENTLY does not go with CASCADE: drop what depends on the index first");
  finding.help =
      steps.run_alone(fmt::format("DROP INDEX CONCURRENTLY {}{}", drop.if_exists ? "IF EXISTS " : "", name), python)
          .text();
  if (!rule::in_transaction(context) && !drop.cascade && single) {
    rule::offer_insertion(finding, context, drop.index_keyword, " CONCURRENTLY", "Drop the index CONCURRENTLY");
  }
}

}  // namespace

extern constinit const rule::RuleChecks drop_index_non_concurrent = rule::subscribe<on_drop_index>();

}  // namespace whimbrel::rules
