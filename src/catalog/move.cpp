// Giving an object another name or schema, with everything that refers to it.
#include <algorithm>
#include <utility>

#include "expressions.h"
#include "parts.h"
#include "type_uses.h"
#include "whimbrel/catalog/print.h"

namespace whimbrel::catalog {

namespace {

void replace(std::vector<QualifiedName>& list, const QualifiedName& from, const QualifiedName& to) { std::ranges::replace(list, from, to); }

void replace(List<QualifiedName>& list, const QualifiedName& from, const QualifiedName& to) {
  if (const auto place = std::ranges::find(list, from); place != list.end()) list.edit(place) = to;
}

/// In every relation of `names` that exists, `from` becomes `to` in the list.
template <class Names, class List>
void replace_in(Change& change, const Names& names, List Relation::* list, const QualifiedName& from, const QualifiedName& to) {
  for (const QualifiedName& name : names) {
    if (change.find(name) != nullptr) replace(change.catalog.edit_relation(name).*list, from, to);
  }
}

}  // namespace

void move_relation(Change& change, const QualifiedName& from, const QualifiedName& to) {
  const Relation* found = change.find(from);
  if (found == nullptr || from == to) return;
  const std::vector<QualifiedName> referencing = change.catalog.referencing(from);
  const std::vector<QualifiedName> readers = change.catalog.dependent_views(from);
  Relation moved = *found;
  moved.name = to;
  for (Constraint& constraint : moved.constraints.edit_each()) {
    if (constraint.references == from) constraint.references = to;
  }
  change.catalog.erase_relation(from);
  for (QualifiedName& index : moved.indexes.edit_each()) {
    const auto entry = change.catalog.indexes().find(index);
    if (entry == change.catalog.indexes().end()) continue;
    Index copy = *entry->second;
    copy.table = to;
    copy.name.schema = to.schema;
    if (copy.name != index) change.catalog.erase_index(index);
    index = copy.name;
    change.catalog.edit_index(index) = std::move(copy);
  }
  if (from.schema != to.schema) {  // parts of its indexes on partitions name them by schema
    for (const QualifiedName& child : moved.children) {
      const Relation* partition = change.find(child);
      for (const QualifiedName& index : partition != nullptr ? partition->indexes : List<QualifiedName>{}) {
        const auto entry = change.catalog.indexes().find(index);
        if (entry == change.catalog.indexes().end() || entry->second->parent.schema != from.schema) continue;
        change.catalog.edit_index(index).parent.schema = to.schema;
      }
    }
  }
  std::vector<std::pair<QualifiedName, QualifiedName>> sequences;
  for (const Column& column : moved.columns) {
    if (column.owned_sequence.empty()) continue;
    const QualifiedName sequence = owned_sequence_name(column);
    sequences.emplace_back(sequence, QualifiedName{to.schema, sequence.name});
  }
  const std::vector<QualifiedName> parents = moved.parents;
  const List<QualifiedName> children = moved.children;
  change.catalog.edit_relation(to) = std::move(moved);

  for (const auto& [sequence, target] : sequences) {
    if (!change.catalog.sequences().contains(sequence)) continue;
    change.catalog.edit_sequence(sequence).owner_table = to;
    move_sequence(change, sequence, target);
  }
  replace_in(change, parents, &Relation::children, from, to);
  replace_in(change, children, &Relation::parents, from, to);
  replace_in(change, readers, &Relation::reads, from, to);
  for (const QualifiedName& reader : readers) {
    if (change.find(reader) == nullptr) continue;
    for (ir::ColumnUse& use : change.catalog.edit_relation(reader).read_columns) {
      if (use.relation == from) use.relation = to;
    }
  }
  for (const QualifiedName& name : referencing) {
    if (change.find(name) == nullptr) continue;
    for (Constraint& constraint : change.catalog.edit_relation(name).constraints.edit_each()) {
      if (constraint.references == from) constraint.references = to;
    }
  }
}

void move_sequence(Change& change, const QualifiedName& from, const QualifiedName& to) {
  const auto found = change.catalog.sequences().find(from);
  if (found == change.catalog.sequences().end() || from == to) return;
  Sequence moved = *found->second;
  moved.name = to;
  change.catalog.erase_sequence(from);
  if (!moved.owner_table.empty() && change.find(moved.owner_table) != nullptr) {
    if (Column* owner = change.catalog.edit_relation(moved.owner_table).edit_column(moved.owner_column)) {
      owner->owned_sequence = owned_sequence_text(to);
      if (owner->default_value && owner->default_value->kind == ir::ExprKind::call &&
          owner->default_value->name.name == "nextval") {
        const bool visible = change.catalog.resolve_new({"", to.name}).schema == to.schema;
        owner->default_value = next_value_of(visible ? ir::quote_identifier(to.name) : to_text(to));
      }
    }
  }
  change.catalog.edit_sequence(to) = std::move(moved);
}

void move_type(Change& change, const QualifiedName& from, const QualifiedName& to) {
  const auto found = change.catalog.types().find(from);
  if (found == change.catalog.types().end() || from == to) return;
  const auto means_it = [&](const ir::TypeName& type) {
    if (type.name != from.name) return false;
    const Type* meant = change.catalog.find_type({type.schema, type.name});
    return meant != nullptr && meant->name == from;
  };
  // Who uses it, found before it moves: the names are looked up along search_path.
  std::vector<QualifiedName> tables;
  for (const auto& [name, relation] : change.catalog.relations()) {
    if (std::ranges::any_of(relation->columns, means_it, &Column::type)) tables.push_back(name);
  }
  std::vector<std::pair<QualifiedName, std::string>> columns;
  for (const QualifiedName& table : tables) {
    for (const Column& column : change.find(table)->columns) {
      if (means_it(column.type)) columns.emplace_back(table, column.name);
    }
  }
  std::vector<QualifiedName> types;
  for (const auto& [name, type] : change.catalog.types()) {
    if (means_it(type->base) || std::ranges::any_of(type->attributes, means_it, &Column::type)) types.push_back(name);
  }
  std::vector<Function> functions;
  for (const auto& [name, function] : change.catalog.functions()) {
    if (means_it(function->returns) || std::ranges::any_of(function->arguments, means_it))
      functions.push_back(*function);
  }

  const auto rename = [&](ir::TypeName& type) {
    type.name = to.name;
    type.schema = to.schema == change.catalog.default_schema() ? "" : to.schema;
  };
  edit_expressions(change, [&](const ir::Expr& node, const Relation* /*table*/) -> std::shared_ptr<ir::Expr> {
    if (node.kind != ir::ExprKind::cast || !means_it(node.type)) return nullptr;
    auto renamed = std::make_shared<ir::Expr>(node);
    rename(renamed->type);
    return renamed;
  });
  for (Function& function : functions) {
    const std::vector<ir::TypeName> before = function.arguments;
    if (means_it(function.returns)) rename(function.returns);
    for (ir::TypeName& argument : function.arguments) {
      if (means_it(argument)) rename(argument);
    }
    change.catalog.erase_functions(function.name, &before);
    change.catalog.add_function(std::move(function));
  }
  for (const QualifiedName& name : types) {
    Type& type = change.catalog.edit_type(name);
    if (means_it(type.base)) rename(type.base);
    for (Column& attribute : type.attributes) {
      if (means_it(attribute.type)) rename(attribute.type);
    }
  }
  for (const auto& [table, column] : columns) rename(change.catalog.edit_relation(table).edit_column(column)->type);
  Type moved = *change.catalog.types().find(from)->second;
  moved.name = to;
  change.catalog.erase_type(from);
  change.catalog.edit_type(to) = std::move(moved);
}

}  // namespace whimbrel::catalog
