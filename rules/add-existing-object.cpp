// A statement that makes what is there already fails, and the migration with it.
#include <fmt/format.h>

#include "whimbrel/catalog/catalog.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Where the step's own name stands in the catalog: that of the table that is created, of the column that is added, …
Span made_at(const rule::Context& context) {
  const ir::Operation& operation = context.step().operation;
  const catalog::Catalog& catalog = context.catalog();
  if (const auto* create = std::get_if<ir::op::CreateTable>(&operation)) {
    const catalog::Relation* table = catalog.find_relation(create->table.value);
    return table == nullptr ? Span{} : table->origin.span;
  }
  if (const auto* add = std::get_if<ir::op::AddColumn>(&operation)) {
    const catalog::Relation* table = context.table(add->table);
    const catalog::Column* column = table == nullptr ? nullptr : table->find_column(add->column.name.value);
    return column == nullptr ? Span{} : column->origin.span;
  }
  if (const auto* create = std::get_if<ir::op::CreateIndex>(&operation)) {
    const catalog::Relation* table = context.table(create->table);
    const catalog::Index* index =
        table == nullptr ? nullptr : catalog.find_index({.schema = table->name.schema, .name = create->name.value});
    return index == nullptr ? Span{} : index->origin.span;
  }
  if (const auto* add = std::get_if<ir::op::AddConstraint>(&operation)) {
    const catalog::Relation* table = context.table(add->table);
    const catalog::Constraint* constraint = table == nullptr ? nullptr : table->find_constraint(add->constraint.name.value);
    return constraint == nullptr ? Span{} : constraint->origin.span;
  }
  return {};
}

void on_problem(const rule::CatalogProblemMet& met, rule::Context& context) {
  const catalog::Problem& problem = met.problem;
  if (problem.kind != catalog::Problem::Kind::existing_object || problem.sqlstate.empty()) return;
  Finding& finding =
      context.report(problem.span, fmt::format("This fails with {}: {} exists already", problem.sqlstate, problem.what));
  if (const Span made = made_at(context); !made.empty() && made != problem.span) rule::add_label(finding, made, "it is made here");
}

}  // namespace

extern constinit const rule::RuleChecks add_existing_object = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
