// Indexes that a partition must have because its parent has them.
#include "partition_indexes.h"

#include <algorithm>
#include <string>

#include "version_facts.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::facts {
namespace {

bool same_expr(const catalog::ExprPtr& left, const catalog::ExprPtr& right) {
  if (!left || !right) return !left && !right;
  return ir::same_meaning(*left, *right);
}

bool same_column(const catalog::IndexColumn& left, const catalog::IndexColumn& right) {
  return left.column == right.column && same_expr(left.expr, right.expr) && left.collation == right.collation &&
         left.opclass == right.opclass && left.descending == right.descending && left.nulls_first == right.nulls_first;
}

/// CompareIndexInfo: attach.parent_index_present_on_child.
bool same_index(const catalog::Index& left, const catalog::Index& right) {
  return left.method == right.method && left.unique == right.unique && left.including == right.including &&
         left.nulls_not_distinct == right.nulls_not_distinct && same_expr(left.predicate, right.predicate) &&
         std::ranges::equal(left.columns, right.columns, same_column) &&
         (left.constraint.empty() || !right.constraint.empty());
}

ir::op::CreateIndex as_statement(const catalog::Index& index) {
  ir::op::CreateIndex statement;
  statement.unique = index.unique;
  statement.method = index.method;
  statement.predicate = index.predicate;
  for (const catalog::IndexColumn& column : index.columns) {
    ir::IndexElement element;
    element.column = column.column;
    element.expr = column.expr;
    statement.elements.push_back(std::move(element));
  }
  for (const std::string& column : index.including) statement.including.push_back({column, {}});
  return statement;
}

ir::Constraint as_constraint(const catalog::Constraint& constraint) {
  ir::Constraint result;
  result.kind = constraint.kind;
  for (const std::string& column : constraint.columns) result.columns.push_back({column, {}});
  return result;
}

}  // namespace

std::vector<MissingIndex> missing_indexes(const World& world, const catalog::Relation& parent, const Target& part) {
  std::vector<MissingIndex> missing;
  const std::vector<const catalog::Index*> own =
      part.object != nullptr ? world.indexes(*part.object) : std::vector<const catalog::Index*>{};
  catalog::Relation nameless;
  nameless.name = part.name;
  const catalog::Relation& table = part.object != nullptr ? *part.object : nameless;
  for (const catalog::Index* index : world.indexes(parent)) {
    if (std::ranges::any_of(own, [index](const catalog::Index* other) { return same_index(*index, *other); })) continue;
    const catalog::Constraint* backed = index->constraint.empty() ? nullptr : parent.find_constraint(index->constraint);
    if (backed != nullptr) {
      const bool primary = backed->kind == ir::ConstraintKind::primary_key;
      missing.push_back(
          {{part.name.schema, catalog::choose_constraint_name(world.catalog, table, as_constraint(*backed))},
           primary ? Cause::primary_key : Cause::unique});
    } else {
      const QualifiedName first{part.name.schema,
                                catalog::choose_index_name(world.catalog, part.name, as_statement(*index))};
      // Names that this statement has given already are taken: x_a_idx, x_a_idx1.
      QualifiedName name = first;
      for (int number = 1; std::ranges::find(missing, name, &MissingIndex::name) != missing.end(); ++number)
        name.name = first.name + std::to_string(number);
      missing.push_back({name, Cause::index});
    }
  }
  return missing;
}

}  // namespace whimbrel::facts
