// DROP INDEX without CONCURRENTLY locks the index's table against everybody.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_drop_index(const ir::op::DropIndex& drop, rule::Context& context) {
  // The server refuses some drops; those of partitioned indexes have no concurrent form.
  if (drop.concurrently || !context.effects().error.empty()) return;
  const catalog::Index* index = context.catalog().find_index(drop.index.value);
  ir::RelationName table;
  if (index != nullptr) {
    table.value = index->table;
    if (rule::made_in_this_part(context, index->origin) || context.is_harmless(table)) return;
    if (index->partitioned || !index->parent.empty() || !index->constraint.empty()) return;
  }

  Span culprit = drop.index_keyword.empty() ? context.step().span : drop.index_keyword;
  if (!drop.index_keyword.empty() && !drop.index.span.empty()) culprit.end = drop.index.span.end;
  const std::string name = ir::to_sql(drop.index.value);
  Finding& finding = context.report(
      culprit, fmt::format("Dropping index {} waits for every transaction that uses {}, and meanwhile and {} {} it",
                           name, index == nullptr ? "its table" : context.name_of(table),
                           rule::until(context, "it is done"), rule::blocks(context, table)));
  std::string python = fmt::format("op.drop_index({}", rule::python_string(drop.index.value.name));
  if (index != nullptr) python += fmt::format(", table_name={}", rule::python_string(index->table.name));
  python += rule::python_schema(drop.index) + ", postgresql_concurrently=True)";
  rule::Steps steps(context);
  if (drop.cascade) steps.say("CONCURRENTLY does not go with CASCADE: drop what depends on the index first");
  finding.help =
      steps.run_alone(fmt::format("DROP INDEX CONCURRENTLY {}{}", drop.if_exists ? "IF EXISTS " : "", name), python)
          .text();
  // CONCURRENTLY takes one index a statement.
  if (!rule::in_transaction(context) && !drop.cascade && context.statement().steps.size() == 1) {
    rule::offer_insertion(finding, context, drop.index_keyword, " CONCURRENTLY", "Drop the index CONCURRENTLY");
  }
}

}  // namespace

extern constinit const rule::RuleChecks drop_index_non_concurrent = rule::subscribe<on_drop_index>();

}  // namespace whimbrel::rules
