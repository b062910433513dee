// DROP TABLE, VIEW, SEQUENCE: what is dropped, and whether the server would refuse.
#include <algorithm>
#include <string>

#include "apply_operation.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// What needs the relation and does not go with it by itself: the server asks for CASCADE.
std::string needed_by(const Change& change, const Relation& relation) {
  for (const QualifiedName& other : change.catalog.referencing(relation.name)) {
    const Relation* from = change.find(other);
    if (other == relation.name || from == nullptr || !from->exact) continue;
    if (std::ranges::find(relation.children, other) != relation.children.end()) continue;
    return "a foreign key of " + describe("table", other);
  }
  for (const QualifiedName& view : change.catalog.dependent_views(relation.name)) {
    const Relation* reader = change.find(view);
    if (reader != nullptr && view != relation.name && reader->exact) return describe(kind_word(reader->kind), view);
  }
  for (const QualifiedName& child : relation.children) {
    const Relation* below = change.find(child);
    if (below != nullptr && !below->is_partition && below->exact) return describe("table", child);
  }
  return {};
}

/// Whether one of its parents has it (still).
template <class Has>
bool any_parent(const Change& change, const QualifiedName& child, const Has& has) {
  const Relation* relation = change.find(child);
  return relation != nullptr && std::ranges::any_of(relation->parents, [&](const QualifiedName& name) {
    const Relation* parent = change.find(name);
    return parent != nullptr && has(*parent);
  });
}

void drop_relation(Change& change, const ir::RelationName& written, std::string_view kind, bool if_exists,
                   bool cascade) {
  const Relation* relation = change.catalog.find_relation(written.value);
  if (relation == nullptr) {
    if (!if_exists) change.missing(describe(kind, change.catalog.resolve(written.value)), "42P01", written.span);
    return;
  }
  const QualifiedName name = relation->name;
  if (change.maybe()) {
    change.edit(name);
    return;
  }
  if (!cascade && relation->exact) {
    const std::string reason = needed_by(change, *relation);
    if (!reason.empty())
      change.trouble(describe(kind, name) + " cannot be dropped because " + reason + " depends on it", "2BP01",
                     written.span);
  }
  remove_relation(change, name);
}

}  // namespace

void apply_operation(Change& change, const op::DropTable& written) {
  drop_relation(change, written.table, "table", written.if_exists, written.cascade);
}

void apply_operation(Change& change, const op::DropView& written) {
  drop_relation(change, written.view, written.materialized ? "materialized view" : "view", written.if_exists,
                written.cascade);
}

void apply_operation(Change& change, const op::DropSequence& written) {
  const Sequence* sequence = change.catalog.find_sequence(written.sequence.value);
  if (sequence == nullptr) {
    if (!written.if_exists)
      change.missing(describe("sequence", change.catalog.resolve(written.sequence.value)), "42P01",
                     written.sequence.span);
    return;
  }
  const QualifiedName name = sequence->name;
  if (change.maybe()) {
    change.catalog.edit_sequence(name).exact = false;
    return;
  }
  remove_sequence(change, name);
}

void apply_operation(Change& change, const op::DropColumn& written) {
  const std::optional<QualifiedName> table = change.target(written.table, written.if_exists);
  if (!table) return;
  const Relation* relation = change.find(*table);
  if (relation->find_column(written.column.value) == nullptr) {
    if (relation->exact && !written.if_exists) change.column(change.catalog.edit_relation(*table), written.column);
    return;
  }
  if (change.maybe()) {
    change.edit(*table);
    return;
  }
  const std::vector<QualifiedName> tree = change.tree(*table);
  remove_column(change, *table, written.column.value);
  for (const QualifiedName& child : tree) {
    if (child == *table || change.find(child) == nullptr) continue;
    Column* below = change.catalog.edit_relation(child).edit_column(written.column.value);
    if (below == nullptr) continue;
    const auto has = [&](const Relation& parent) { return parent.find_column(written.column.value) != nullptr; };
    const bool inherited = any_parent(change, child, has);  // from another parent
    if (below->local || written.only || inherited) {
      below->local = below->local || !inherited;
      below->inherited = inherited;
    } else {
      remove_column(change, child, written.column.value);
    }
  }
}

void apply_operation(Change& change, const op::DropConstraint& written) {
  const std::optional<QualifiedName> table = change.target(written.table, written.if_exists);
  if (!table) return;
  const Relation* relation = change.find(*table);
  const Constraint* constraint = relation->find_constraint(written.constraint.value);
  if (constraint == nullptr) {
    // 18 keeps every NOT NULL as a constraint under this name; the catalog keeps it on the column.
    for (const Column& column : relation->columns) {
      if (written.constraint.value != not_null_name_of(change.catalog, *table, column)) continue;
      set_not_null(change, *table, std::string(column.name), Tri::no, !written.only);
      return;
    }
    if (relation->exact && !written.if_exists && !is_perhaps_not_null(written.constraint.value)) {
      change.missing(
          "constraint " + ir::quote_identifier(written.constraint.value) + " of " + describe("table", *table), "42704",
          written.constraint.span);
    }
    return;
  }
  if (change.maybe()) {
    change.edit(*table);
    return;
  }
  const Constraint dropped = *constraint;
  for (const QualifiedName& child : change.tree(*table)) {
    if (child == *table || !dropped.index.empty()) continue;  // an index takes its parts along
    Relation& below = change.catalog.edit_relation(child);
    const bool foreign_key = dropped.kind == ir::ConstraintKind::foreign_key;
    const auto own = std::ranges::find_if(below.constraints, [&](const Constraint& c) {
      return c.inherited && c.kind == dropped.kind &&
             (foreign_key ? c.columns == dropped.columns && c.references == dropped.references
                          : c.name == dropped.name);
    });
    if (own == below.constraints.end()) continue;
    const auto has = [&](const Relation& parent) { return parent.name != *table && parent.find_constraint(own->name) != nullptr; };
    const bool inherited = !foreign_key && any_parent(change, child, has);  // from another parent
    if (own->local || inherited || (written.only && !foreign_key)) {
      Constraint& kept = below.constraints.edit(own);
      kept.local = kept.local || !inherited;
      kept.inherited = inherited;
    } else {
      below.constraints.erase(own);
    }
  }
  remove_constraint(change, *table, dropped.name);
  if (dropped.kind == ir::ConstraintKind::not_null) {
    for (const std::string& column : dropped.columns) set_not_null(change, *table, column, Tri::no, !written.only);
  }
}

}  // namespace whimbrel::catalog
