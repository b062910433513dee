// CREATE INDEX, DROP INDEX, and indexes of partitioned tables (manual, "Table Partitioning", "CREATE INDEX", "ALTER
// INDEX").
#include <algorithm>
#include <utility>

#include "apply_operation.h"
#include "index_parts.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

const Index* find_index(const Change& change, const QualifiedName& name) {
  const auto found = change.catalog.indexes().find(name);
  return found == change.catalog.indexes().end() ? nullptr : found->second.get();
}

std::vector<QualifiedName> parts_of(const Change& change, const Index& index) {
  std::vector<QualifiedName> parts;
  const Relation* table = change.find(index.table);
  if (table == nullptr) return parts;
  for (const QualifiedName& child : table->children) {
    const Relation* partition = change.find(child);
    if (partition == nullptr) continue;
    for (const QualifiedName& name : partition->indexes) {
      const Index* part = find_index(change, name);
      if (part != nullptr && part->parent == index.name) parts.push_back(name);
    }
  }
  return parts;
}

void check_columns(Change& change, const QualifiedName& table, const op::CreateIndex& written) {
  for (const ir::IndexElement& element : written.elements) {
    if (!element.column.empty()) change.column(change.catalog.edit_relation(table), {element.column, element.span});
  }
  for (const ir::Name& column : written.including) change.column(change.catalog.edit_relation(table), column);
}

}  // namespace

void add_index(Change& change, Index index) {
  const QualifiedName name = index.name;
  Relation& table = change.catalog.edit_relation(index.table);
  index.partitioned = table.kind == RelationKind::partitioned_table;
  index.exact = !change.maybe();
  const std::vector<std::string> labels = index_column_names(index.columns, index.including);
  for (std::size_t i = 0; i < index.columns.size(); ++i) index.columns[i].label = labels[i];
  if (change.catalog.indexes().contains(name)) table.indexes.erase(name);  // presumed earlier
  table.indexes.push_back(name);
  change.catalog.edit_index(name) = std::move(index);
}

void ensure_partition_index(Change& change, const QualifiedName& index, const QualifiedName& partition) {
  const Index* parent = find_index(change, index);
  const Relation* child = change.find(partition);
  if (parent == nullptr || child == nullptr || child->kind == RelationKind::foreign_table) return;
  for (const QualifiedName& name : child->indexes) {
    const Index* existing = find_index(change, name);
    if (existing == nullptr || !existing->parent.empty() || !same_definition(*parent, *existing)) continue;
    if (!parent->constraint.empty() && existing->constraint.empty()) continue;
    const std::string constraint = existing->constraint;
    change.catalog.edit_index(name).parent = index;
    if (!parent->constraint.empty()) {
      if (Constraint* key = change.catalog.edit_relation(partition).edit_constraint(constraint)) {
        key->inherited = true;
        key->local = false;
      }
    }
    return;
  }
  Index part = *parent;
  const Relation* table = change.find(parent->table);
  const Constraint* key =
      table != nullptr && !parent->constraint.empty() ? table->find_constraint(parent->constraint) : nullptr;
  part.name = {partition.schema, choose_index_name(change.catalog, partition, part,
                                                   key != nullptr ? naming_of(key->kind) : IndexNaming::plain)};
  part.table = partition;
  part.parent = index;
  part.valid = Tri::yes;
  part.origin = change.origin;
  if (key != nullptr) {
    Constraint copy = *key;
    copy.name = part.name.name;
    copy.index = part.name.name;
    copy.inherited = true;
    copy.local = false;
    copy.origin = change.origin;
    part.constraint = copy.name;
    if (key->kind == ir::ConstraintKind::primary_key) {
      for (const std::string& column : key->columns) set_not_null(change, partition, column, Tri::yes, false);
    }
    change.catalog.edit_relation(partition).constraints.push_back(std::move(copy));
  }
  const QualifiedName name = part.name;
  add_index(change, std::move(part));
  spread_index(change, name);
}

void spread_index(Change& change, const QualifiedName& index) {
  const Index* found = find_index(change, index);
  const Relation* table = found != nullptr ? change.find(found->table) : nullptr;
  if (table == nullptr || table->kind != RelationKind::partitioned_table) return;
  for (const QualifiedName& child : List<QualifiedName>(table->children)) ensure_partition_index(change, index, child);
}

void remove_index(Change& change, const QualifiedName& index) {
  const Index* found = find_index(change, index);
  if (found == nullptr) return;
  const QualifiedName table = found->table;
  for (const QualifiedName& part : parts_of(change, *found)) {
    const Index* inner = find_index(change, part);
    if (inner != nullptr && !inner->constraint.empty()) {
      const std::string key = inner->constraint;
      change.catalog.edit_relation(inner->table).constraints.erase_if([&](const Constraint& c) { return c.name == key; });
    }
    remove_index(change, part);
  }
  if (change.find(table) != nullptr) change.catalog.edit_relation(table).indexes.erase(index);
  change.catalog.erase_index(index);
}

void move_index(Change& change, const QualifiedName& from, const QualifiedName& to) {
  const Index* found = find_index(change, from);
  if (found == nullptr || from == to) return;
  const std::vector<QualifiedName> parts = parts_of(change, *found);
  Index moved = *found;
  moved.name = to;
  change.catalog.erase_index(from);
  if (change.find(moved.table) != nullptr) {
    Relation& table = change.catalog.edit_relation(moved.table);
    if (const auto place = std::ranges::find(table.indexes, from); place != table.indexes.end()) table.indexes.edit(place) = to;
    if (Constraint* key = moved.constraint.empty() ? nullptr : table.edit_constraint(moved.constraint)) {
      key->name = to.name;
      key->index = to.name;
      moved.constraint = to.name;
    }
  }
  change.catalog.edit_index(to) = std::move(moved);
  for (const QualifiedName& part : parts) change.catalog.edit_index(part).parent = to;
}

void validate_partitioned_index(Change& change, const QualifiedName& index) {
  const Index* found = find_index(change, index);
  if (found == nullptr || found->valid == Tri::yes) return;
  const Relation* table = change.find(found->table);
  if (table == nullptr) return;
  const std::vector<QualifiedName> parts = parts_of(change, *found);
  const bool all = parts.size() >= table->children.size() && std::ranges::all_of(parts, [&](const QualifiedName& part) {
                     const Index* inner = find_index(change, part);
                     return inner != nullptr && inner->valid == Tri::yes;
                   });
  if (!all) return;
  const QualifiedName parent = found->parent;
  change.catalog.edit_index(index).valid = Tri::yes;
  if (!parent.empty()) validate_partitioned_index(change, parent);
}

void apply_operation(Change& change, const op::CreateIndex& written) {
  const std::optional<QualifiedName> table = change.target(written.table);
  if (!table) return;
  Index index = index_from(written);
  index.table = *table;
  index.origin = change.origin;
  index.name = {table->schema, clip_name(written.name.value)};
  if (written.name.value.empty()) {
    index.name.name = choose_index_name(change.catalog, *table, index, IndexNaming::plain);
  } else if (change.catalog.name_is_taken(index.name)) {
    if (written.if_not_exists) return;
    const Index* old = find_index(change, index.name);
    if (old == nullptr || (old->exact && change.catalog.complete())) {
      change.existing(describe("relation", index.name), "42P07", written.name.span);
      return;
    }
    remove_index(change, index.name);
  }
  check_columns(change, *table, written);
  const Relation* relation = change.find(*table);
  const bool partitioned = relation->kind == RelationKind::partitioned_table;
  if (partitioned && written.only && !relation->children.empty()) index.valid = Tri::no;
  const QualifiedName name = index.name;
  add_index(change, std::move(index));
  if (!written.only) spread_index(change, name);
}

void apply_operation(Change& change, const op::DropIndex& written) {
  const Index* found = change.catalog.find_index(written.index.value);
  if (found == nullptr) {
    if (!written.if_exists)
      change.missing(describe("index", change.catalog.resolve(written.index.value)), "42704", written.index.span);
    return;
  }
  const QualifiedName name = found->name;
  if (change.maybe()) {
    change.catalog.edit_index(name).exact = false;
    return;
  }
  if (!found->constraint.empty() || !found->parent.empty()) {
    const std::string owner = found->parent.empty() ? "constraint " + ir::quote_identifier(found->constraint)
                                                    : describe("index", found->parent);
    change.trouble(describe("index", name) + " cannot be dropped because " + owner + " requires it", "2BP01",
                   written.index.span);
    return;
  }
  drop_index(change, name);
}

}  // namespace whimbrel::catalog
