// CREATE INDEX without CONCURRENTLY keeps writers of the table waiting while the index is built.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool is_plain(const ir::IndexElement& element) {
  return !element.column.empty() && element.collation.empty() && element.opclass.empty() && !element.descending && element.nulls_first == Tri::unknown;
}

std::string in_alembic(const ir::op::CreateIndex& index) {
  std::string elements;
  for (const ir::IndexElement& element : index.elements) {
    if (!elements.empty()) elements += ", ";
    elements += is_plain(element) ? rule::python_string(element.column) : fmt::format("sa.text({})", rule::python_string(rule::index_element(element)));
  }
  std::string text = fmt::format("op.create_index({}, {}, [{}]",
                                 index.name.value.empty() ? "None" : rule::python_string(index.name.value),
                                 rule::python_string(index.table.value.name), elements);
  if (index.unique) text += ", unique=True";
  text += rule::python_schema(index.table);
  if (index.method != "btree") text += fmt::format(", postgresql_using={}", rule::python_string(index.method));
  if (!index.including.empty()) text += ", postgresql_include=" + rule::python_list(index.including);
  if (index.nulls_not_distinct) text += ", postgresql_nulls_not_distinct=True";
  if (index.predicate) {
    text += fmt::format(", postgresql_where=sa.text({})", rule::python_string(ir::to_sql(*index.predicate)));
  }
  return text + ", postgresql_concurrently=True)";
}

/// Whether an earlier statement of this part drops an index of that name: the new one takes its place.
bool takes_a_place(const ir::op::CreateIndex& index, const rule::Context& context) {
  const auto drops = [&](const ir::Step& step) {
    const auto* drop = std::get_if<ir::op::DropIndex>(&step.operation);
    return drop != nullptr && drop->index.value.name == index.name.value;
  };
  return !index.name.value.empty() &&
         std::ranges::any_of(rule::statements_before(context), [&](const ir::Statement& before) { return std::ranges::any_of(before.steps, drops); });
}

/// Queries always have one of the two.
std::string beside_the_old(ir::op::CreateIndex index, const rule::Context& context) {
  const std::string name = ir::to_sql(ir::QualifiedName{index.table.value.schema, index.name.value});
  const std::string old = ir::quote_identifier(index.name.value);
  index.name.value = rule::object_name({.value = {.schema = {}, .name = index.name.value}, .span = {}}, {}, "new");
  const std::string made = ir::to_sql(ir::QualifiedName{index.table.value.schema, index.name.value});
  return rule::Steps(context)
      .say("first, beside the old index:")
      .run_alone(rule::concurrent_index(index), in_alembic(index))
      .say("then, in place of the statement that drops the old one:")
      .run_alone(fmt::format("DROP INDEX CONCURRENTLY {}", name))
      .run(fmt::format("ALTER INDEX {} RENAME TO {}", made, old))
      .text();
}

std::string for_partitions(const ir::op::CreateIndex& index, const rule::Context& context) {
  const std::string name = index.name.value.empty() ? rule::object_name(index.table, {}, "idx") : index.name.value;
  const std::string parent = ir::quote_identifier(name);
  const std::string tail = rule::index_tail(index);
  const std::string_view unique = index.unique ? "UNIQUE " : "";
  const catalog::Relation* table = context.table(index.table);
  const std::string partition = table == nullptr || table->children.empty()
                                    ? "a_partition"
                                    : context.name_of({.value = table->children.front(), .span = {}});
  const std::string part_index = ir::quote_identifier(name + "_1");
  return rule::Steps(context)
      .run(fmt::format("CREATE {}INDEX {} ON ONLY {} {}", unique, parent, ir::to_sql(index.table.value), tail))
      .say("for each partition:")
      .run_alone(fmt::format("CREATE {}INDEX CONCURRENTLY {} ON {} {}", unique, part_index, partition, tail))
      .run(fmt::format("ALTER INDEX {} ATTACH PARTITION {}", parent, part_index))
      .text();
}

void on_create_index(const ir::op::CreateIndex& index, rule::Context& context) {
  // What the server refuses keeps nobody waiting.
  if (index.concurrently || context.is_harmless(index.table) || !context.effects().error.empty()) return;
  const catalog::Relation* table = context.table(index.table);
  const bool partitioned = table != nullptr && table->kind == catalog::RelationKind::partitioned_table;
  // Of a partitioned table alone: an instant frame. Nobody writes ONLY of another, so of an unknown table it is that
  // too.
  if (index.only && (partitioned || table == nullptr || table->presumed)) return;
  if (context.effects().builds.empty() && (!partitioned || index.if_not_exists)) return;

  Span culprit = index.index_keyword.empty() ? context.step().span : index.index_keyword;
  if (!index.index_keyword.empty() && !index.name.span.empty()) culprit.end = index.name.span.end;
  const std::string name = index.name.value.empty() ? "an index" : "index " + ir::quote_identifier(index.name.value);
  Finding& finding = context.report(
      culprit,
      fmt::format("Creating {} on {} {}{} {}", name, context.name_of(index.table), rule::blocks(context, index.table),
                  partitioned ? " of it and all its partitions" : "",
                  rule::until(context, partitioned ? "each partition's index is built" : "the index is built")));
  const bool replaces = !partitioned && takes_a_place(index, context);
  if (partitioned) {
    finding.help = for_partitions(index, context);
  } else if (replaces) {
    finding.help = beside_the_old(index, context);
  } else {
    // IF NOT EXISTS would take what a failed build leaves behind for the finished index.
    rule::Steps steps(context);
    if (index.if_not_exists && !index.name.value.empty()) steps.drop_index_concurrently(index);
    finding.help = steps.run_alone(rule::concurrent_index(index), in_alembic(index)).text();
  }
  if (!rule::in_transaction(context) && !partitioned && !replaces) {
    rule::offer_insertion(finding, context, index.index_keyword, " CONCURRENTLY", "Build the index CONCURRENTLY");
  }
}

}  // namespace

extern constinit const rule::RuleChecks create_index_non_concurrent = rule::subscribe<on_create_index>();

}  // namespace whimbrel::rules
