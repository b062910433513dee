// RENAME and SET SCHEMA of whole objects.
#include <algorithm>
#include <utility>

#include "apply_operation.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// Whether the new name is free; reports the clash where the server would.
bool name_is_free(Change& change, const QualifiedName& to, Span span) {
  if (!change.catalog.name_is_taken(to)) return true;
  const Relation* old = change.find(to);
  if (old != nullptr && !old->exact) {
    remove_relation(change, to);
    return true;
  }
  change.existing(describe("relation", to), "42P07", span);
  return false;
}

/// A relation, index or sequence by whatever word: ALTER TABLE … RENAME works on all of them.
void rename_anything(Change& change, const ir::RelationName& written, const QualifiedName& from,
                     const QualifiedName& to, Span span) {
  if (change.maybe()) {
    if (change.find(from) != nullptr) change.edit(from);
    return;
  }
  if (from == to || !name_is_free(change, to, span)) return;
  if (change.find(from) != nullptr) {
    move_relation(change, from, to);
  } else if (change.catalog.indexes().contains(from)) {
    move_index(change, from, to);
  } else if (change.catalog.sequences().contains(from)) {
    move_sequence(change, from, to);
  } else if (change.catalog.types().contains(from)) {
    move_type(change, from, to);
  } else {
    change.missing(describe("relation", from), "42P01", written.span);
  }
}

std::optional<QualifiedName> existing_type(Change& change, const ir::RelationName& written, bool if_exists) {
  if (const Type* type = change.catalog.find_type(written.value)) return type->name;
  if (!if_exists) change.missing(describe("type", change.catalog.resolve_new(written.value)), "42704", written.span);
  return std::nullopt;
}

void move_function(Change& change, const QualifiedName& from, const QualifiedName& to) {
  std::vector<Function> moved;
  const auto [begin, end] = change.catalog.functions().equal_range(from);
  for (auto at = begin; at != end; ++at) moved.push_back(*at->second);
  change.catalog.erase_functions(from);
  std::vector<QualifiedName> tables;  // triggers execute it under its new name
  for (const auto& [name, relation] : change.catalog.relations()) {
    if (std::ranges::find(relation->attached, from, &Attached::function) != relation->attached.end()) tables.push_back(name);
  }
  for (const QualifiedName& table : tables) {
    for (Attached& attached : change.catalog.edit_relation(table).attached.edit_each()) {
      if (attached.function == from) attached.function = to;
    }
  }
  for (Function& function : moved) {
    function.name = to;
    change.catalog.add_function(std::move(function));
  }
  std::vector<QualifiedName> users;  // triggers and views know their function, not its name
  for (const auto& [name, relation] : change.catalog.relations()) {
    const bool trigger = std::ranges::find(relation->attached, from, &Attached::function) != relation->attached.end();
    if (trigger || std::ranges::find(relation->calls, from) != relation->calls.end()) users.push_back(name);
  }
  for (const QualifiedName& name : users) {
    Relation& relation = change.catalog.edit_relation(name);
    for (Attached& attached : relation.attached.edit_each()) {
      if (attached.function == from) attached.function = to;
    }
    std::ranges::replace(relation.calls, from, to);
    std::ranges::sort(relation.calls);
  }
}

void rename_attached(Change& change, const op::RenameObject& written, Attached::Kind kind) {
  const std::optional<QualifiedName> table = change.target(written.object, written.if_exists);
  if (!table) return;
  for (Attached& attached : change.edit(*table).attached.edit_each()) {
    if (attached.kind == kind && attached.name == written.sub.value && !change.maybe())
      attached.name = written.new_name.value;
  }
}

void rename_domain_constraint(Change& change, const op::RenameObject& written) {
  const std::optional<QualifiedName> domain = existing_type(change, written.object, written.if_exists);
  if (!domain) return;
  for (Constraint& constraint : change.catalog.edit_type(*domain).constraints) {
    if (constraint.name == written.sub.value) constraint.name = written.new_name.value;
  }
}

void rename_attribute(Change& change, const op::RenameObject& written) {
  const std::optional<QualifiedName> type = existing_type(change, written.object, written.if_exists);
  if (!type) return;
  for (Column& attribute : change.catalog.edit_type(*type).attributes) {
    if (attribute.name == written.sub.value) attribute.name = written.new_name.value;
  }
}

void rename_schema(Change& change, const std::string& from, const std::string& to) {
  const auto names_in = [&](const auto& objects) {
    std::vector<QualifiedName> names;
    for (auto at = objects.lower_bound({from, ""}); at != objects.end() && at->first.schema == from; ++at)
      names.push_back(at->first);
    return names;
  };
  const auto moved = [&](const QualifiedName& name) { return QualifiedName{to, name.name}; };
  for (const QualifiedName& name : names_in(change.catalog.relations())) move_relation(change, name, moved(name));
  for (const QualifiedName& name : names_in(change.catalog.sequences())) move_sequence(change, name, moved(name));
  for (const QualifiedName& name : names_in(change.catalog.types())) move_type(change, name, moved(name));
  std::vector<QualifiedName> functions = names_in(change.catalog.functions());
  functions.erase(std::ranges::unique(functions).begin(), functions.end());
  for (const QualifiedName& name : functions) move_function(change, name, moved(name));
  change.catalog.erase_schema(from);
  change.catalog.add_schema(to);
}

/// The name of an index, sequence or relation that a statement with its own word for it means.
QualifiedName full_name(const Change& change, const QualifiedName& written) { return change.catalog.resolve(written); }

}  // namespace

void apply_operation(Change& change, const op::RenameTable& written) {
  QualifiedName from = full_name(change, written.table.value);
  if (!change.catalog.name_is_taken(from)) {
    const std::optional<QualifiedName> presumed = change.target(written.table, written.if_exists);
    if (!presumed) return;
    from = *presumed;
  }
  rename_anything(change, written.table, from, {from.schema, clip_name(written.new_name.value)}, written.new_name.span);
}

void apply_operation(Change& change, const op::RenameObject& written) {
  using enum ir::ObjectKind;
  const std::string to = clip_name(written.new_name.value);
  switch (written.kind) {
    case table:
    case foreign_table:
    case view:
    case materialized_view:
    case index:
    case sequence: {
      const QualifiedName from = full_name(change, written.object.value);
      if (!change.catalog.name_is_taken(from)) {
        if (!written.if_exists)
          change.missing(describe(written.kind == index ? "index" : "relation", from), "42P01", written.object.span);
        return;
      }
      rename_anything(change, written.object, from, {from.schema, to}, written.new_name.span);
      return;
    }
    case type:
    case domain:
      if (const std::optional<QualifiedName> from = existing_type(change, written.object, written.if_exists)) {
        if (!change.maybe()) move_type(change, *from, {from->schema, to});
      }
      return;
    case column:
      if (written.sub.value.empty()) return;
      apply_operation(change, op::RenameColumn{written.object, written.sub, written.new_name, written.if_exists});
      return;
    case constraint:
      apply_operation(change, op::RenameConstraint{written.object, written.sub, written.new_name});
      return;
    case type_attribute:
      rename_attribute(change, written);
      return;
    case domain_constraint:
      rename_domain_constraint(change, written);
      return;
    case trigger:
      rename_attached(change, written, Attached::Kind::trigger);
      return;
    case policy:
      rename_attached(change, written, Attached::Kind::policy);
      return;
    case rule:
      rename_attached(change, written, Attached::Kind::rule);
      return;
    case statistics:
      move_statistics(change, written.object.value, "", to);
      return;
    case function:
    case procedure:
    case aggregate: {
      const std::vector<const Function*> found = change.catalog.find_functions(written.object.value);
      if (!found.empty() && !change.maybe())
        move_function(change, QualifiedName(found.front()->name), {found.front()->name.schema, to});
      return;
    }
    case schema:
      if (!change.maybe()) rename_schema(change, written.object.value.name, to);
      return;
    case operator_:
    case operator_class:
    case operator_family:
    case cast:
    case collation:
    case conversion:
    case event_trigger:
    case extension:
    case language:
    case role:
    case database:
    case tablespace:
    case publication:
    case subscription:
    case server:
    case foreign_data_wrapper:
    case user_mapping:
    case text_search:
    case transform:
    case access_method:
    case large_object:
    case default_privileges:
    case property_graph:
    case other:
      return;
  }
}

void apply_operation(Change& change, const op::SetSchema& written) {
  using enum ir::ObjectKind;
  const std::string& schema_name = written.schema.value;
  switch (written.kind) {
    case type:
    case domain:
      if (const std::optional<QualifiedName> from = existing_type(change, written.object, written.if_exists)) {
        if (!change.maybe()) move_type(change, *from, {schema_name, from->name});
      }
      return;
    case function:
    case procedure:
    case aggregate: {
      const std::vector<const Function*> found = change.catalog.find_functions(written.object.value);
      if (!found.empty() && !change.maybe())
        move_function(change, QualifiedName(found.front()->name), {schema_name, found.front()->name.name});
      return;
    }
    case statistics:
      move_statistics(change, written.object.value, schema_name, "");
      return;
    case table:
    case foreign_table:
    case view:
    case materialized_view:
    case index:
    case sequence: {
      QualifiedName from = full_name(change, written.object.value);
      if (!change.catalog.name_is_taken(from)) {
        const std::optional<QualifiedName> presumed = change.target(written.object, written.if_exists);
        if (!presumed) return;
        from = *presumed;
      }
      rename_anything(change, written.object, from, {schema_name, from.name}, written.schema.span);
      return;
    }
    case column:
    case constraint:
    case domain_constraint:
    case type_attribute:
    case operator_:
    case operator_class:
    case operator_family:
    case cast:
    case collation:
    case conversion:
    case trigger:
    case event_trigger:
    case rule:
    case policy:
    case schema:
    case extension:
    case language:
    case role:
    case database:
    case tablespace:
    case publication:
    case subscription:
    case server:
    case foreign_data_wrapper:
    case user_mapping:
    case text_search:
    case transform:
    case access_method:
    case large_object:
    case default_privileges:
    case property_graph:
    case other:
      return;
  }
}

}  // namespace whimbrel::catalog
