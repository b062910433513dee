// CREATE INDEX without CONCURRENTLY keeps writers of the table waiting while the index is built.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {


std::string in_alembic(const ir::op::CreateIndex& index) {
  std::string elements;
  for (const ir::IndexElement& element : index.elements) {
    if (!elements.empty()) elements += ", ";
    const bool plain = !element.column.empty() || !element.expr;
    elements += plain ? rule::python_string(element.column)
                      : fmt::format("sa.text({})", rule::python_string(ir::to_sql(*element.expr)));
  }
  std::string text = fmt::format("op.create_index({}, {}, [{}]",
                                 index.name.value.empty() ? "None" : rule::python_string(index.name.value),
                                 rule::python_string(index.table.value.name), elements);
  if (index.unique) text += ", unique=True";
  text += rule::python_schema(index.table);
  if (index.method != "btree") text += fmt::format(", postgresql_using={}", rule::python_string(index.method));
  if (index.predicate) {
    text += fmt::format(", postgresql_where=sa.text({})", rule::python_string(ir::to_sql(*index.predicate)));
  }
  return text + ", postgresql_concurrently=True)";
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
  if (partitioned) {
    finding.help = for_partitions(index, context);
  } else {
    // IF NOT EXISTS would take what a failed build leaves behind for the finished index.
    rule::Steps steps(context);
    if (index.if_not_exists && !index.name.value.empty()) steps.drop_index_concurrently(index);
    finding.help = steps.run_alone(rule::concurrent_index(index), in_alembic(index)).text();
  }
  if (!rule::in_transaction(context) && !partitioned) {
    rule::offer_insertion(finding, context, index.index_keyword, " CONCURRENTLY", "Build the index CONCURRENTLY");
  }
}

}  // namespace

extern constinit const rule::RuleChecks create_index_non_concurrent = rule::subscribe<on_create_index>();

}  // namespace whimbrel::rules
