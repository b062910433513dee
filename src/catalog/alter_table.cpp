// ALTER TABLE's actions on constraints, storage, options and row security.
#include <algorithm>
#include <string>

#include "apply_operation.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

std::string constraint_text(const std::string& constraint, const QualifiedName& table) {
  return "constraint " + ir::quote_identifier(constraint) + " of " + describe("table", table);
}

void change_options(std::vector<ir::Option>& options, const std::vector<ir::Option>& written, bool reset) {
  for (const ir::Option& option : written) {
    std::erase_if(options, [&](const ir::Option& old) { return old.name == option.name; });
    if (!reset) options.push_back(option);
  }
}

void set_persistence(Change& change, const QualifiedName& table, ir::Persistence persistence) {
  Relation& relation = change.edit(table);
  if (change.maybe()) return;
  relation.persistence = persistence;
  for (const Column& column : relation.columns) {  // sequences of its own follow since PostgreSQL 15
    const QualifiedName sequence = owned_sequence_name(column);
    if (change.catalog.sequences().contains(sequence)) change.catalog.edit_sequence(sequence).persistence = persistence;
  }
}

void alter_index(Change& change, const op::AlterTable& written) {
  const Index* found = change.catalog.find_index(written.table.value);
  if (found == nullptr || change.maybe()) return;
  using enum op::TableAction;
  Index& index = change.catalog.edit_index(QualifiedName(found->name));
  if (written.action == set_options || written.action == reset_options)
    change_options(index.options, written.options, written.action == reset_options);
  if (written.action == set_tablespace) index.tablespace = written.detail.value;
}

}  // namespace

void apply_operation(Change& change, const op::AddConstraint& written) {
  if (const std::optional<QualifiedName> table = change.target(written.table)) {
    add_constraint(change, *table, written.constraint, Occasion::alter_table, written.only);
  }
}

void apply_operation(Change& change, const op::ValidateConstraint& written) {
  const std::optional<QualifiedName> table = change.target(written.table);
  if (!table) return;
  Relation& relation = change.edit(*table);
  const Constraint* found = relation.find_constraint(written.constraint.value);
  if (found == nullptr) {
    if (relation.exact && !is_perhaps_not_null(written.constraint.value))
      change.missing(constraint_text(written.constraint.value, *table), "42704", written.constraint.span);
    return;
  }
  if (change.maybe()) return;
  const Constraint validated = *found;
  for (const QualifiedName& name : change.tree(*table)) {
    Relation& below = change.catalog.edit_relation(name);
    for (Constraint& constraint : below.constraints.edit_each()) {
      const bool same = validated.kind == ir::ConstraintKind::foreign_key
                            ? constraint.kind == validated.kind && constraint.columns == validated.columns &&
                                  constraint.references == validated.references
                            : constraint.name == validated.name;
      if (same && constraint.enforced && (name == *table || constraint.inherited)) constraint.validated = true;
    }
    if (validated.kind != ir::ConstraintKind::not_null) continue;
    for (const std::string& column : validated.columns) {
      if (Column* not_null = below.edit_column(column)) not_null->not_null_validated = Tri::yes;
    }
  }
}

void apply_operation(Change& change, const op::AlterConstraint& written) {
  const std::optional<QualifiedName> table = change.target(written.table);
  if (!table) return;
  Relation& relation = change.edit(*table);
  Constraint* constraint = relation.edit_constraint(written.constraint.value);
  if (constraint == nullptr) {
    if (relation.exact && !is_perhaps_not_null(written.constraint.value))
      change.missing(constraint_text(written.constraint.value, *table), "42704", written.constraint.span);
    return;
  }
  if (change.maybe()) return;
  const auto set = [](bool& flag, Tri value) {
    if (value != Tri::unknown) flag = value == Tri::yes;
  };
  set(constraint->deferrable, written.deferrable);
  set(constraint->initially_deferred, written.initially_deferred);
  if (written.initially_deferred == Tri::yes) constraint->deferrable = true;
  if (written.deferrable == Tri::no) constraint->initially_deferred = false;
  set(constraint->enforced, written.enforced);
  if (written.enforced != Tri::unknown)
    constraint->validated = written.enforced == Tri::yes;  // ENFORCED checks the rows
  set(constraint->no_inherit, written.no_inherit);
}

void apply_operation(Change& change, const op::AlterTable& written) {
  if (written.kind == ir::ObjectKind::index || change.catalog.find_index(written.table.value) != nullptr) {
    alter_index(change, written);
    return;
  }
  const std::optional<QualifiedName> table = change.target(written.table);
  if (!table) return;
  using enum op::TableAction;
  const auto edit = [&]() -> Relation& { return change.edit(*table); };
  switch (written.action) {
    case set_logged:
      set_persistence(change, *table, ir::Persistence::permanent);
      return;
    case set_unlogged:
      set_persistence(change, *table, ir::Persistence::unlogged);
      return;
    case set_tablespace:
      edit().tablespace = written.detail.value;
      return;
    case set_access_method:
      edit().access_method = written.detail.value;
      return;
    case set_options:
    case reset_options:
      change_options(edit().options, written.options, written.action == reset_options);
      return;
    case replace_options:
      edit().options = written.options;
      return;
    case enable_row_security:
      edit().row_security = true;
      return;
    case disable_row_security:
      edit().row_security = false;
      return;
    case force_row_security:
      edit().force_row_security = true;
      return;
    case no_force_row_security:
      edit().force_row_security = false;
      return;
    case set_identity: {
      Column* column = change.column(edit(), written.detail);
      for (const ir::Option& option : written.options) {
        if (column == nullptr || option.name != "generated") continue;
        column->identity = option.value == "always" ? ir::Identity::always : ir::Identity::by_default;
      }
      return;
    }
    case merge_partitions:
    case split_partition:
    case other:
      change.catalog.edit_relation(*table).exact = false;  // not modelled
      return;
    case replica_identity:
      edit().has_replica_identity = written.detail.value != "default" && written.detail.value != "nothing";
      return;
    case cluster_on:
    case set_without_cluster:
    case owner_to:
    case set_without_oids:
    case enable_trigger:
    case disable_trigger:
    case enable_rule:
    case disable_rule:
    case set_statistics:
    case set_column_options:
    case reset_column_options:
    case set_storage:
    case set_compression:
    case of_type:
    case not_of:
      return;
  }
}

void apply_operation(Change& change, const op::MoveAllInTablespace& written) {
  std::vector<QualifiedName> tables;
  for (const auto& [name, relation] : change.catalog.relations()) {
    const bool matview = relation->kind == RelationKind::materialized_view;
    if (relation->tablespace == written.from.value && matview == (written.kind == ir::ObjectKind::materialized_view))
      tables.push_back(name);
  }
  if (change.maybe() || written.kind == ir::ObjectKind::index) return;
  for (const QualifiedName& table : tables) change.catalog.edit_relation(table).tablespace = written.to.value;
}

}  // namespace whimbrel::catalog
