// Constraints added, dropped, validated and altered.
//
// Facts: manual, ALTER TABLE; rows check.*, fk.*, unique.*, pk.*, exclude.*, validate.*, drop_constraint.*,
// alter_constraint.*.
#include <algorithm>

#include "alter_table.h"
#include "expressions.h"
#include "proofs.h"
#include "version_facts.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;

std::vector<std::string> names(const std::vector<ir::Name>& located) {
  std::vector<std::string> result;
  for (const ir::Name& name : located) result.push_back(name.value);
  return result;
}

void scan_tree(Alter& alter, Gather& gather, Cause cause) {
  for (const catalog::Relation& table : alter.tree()) scan_target(gather, Target{table.name, &table}, cause);
}

/// Keeps the draft in step, so that later passes see the constraint.
void draft(Alter& alter, const ir::Constraint& constraint, std::string name) {
  catalog::Constraint added;
  added.name = std::move(name);
  added.kind = constraint.kind;
  added.columns = names(constraint.columns);
  if (constraint.kind == ConstraintKind::check && constraint.expr && added.columns.empty()) {
    const std::set<std::string> named = columns_of(*constraint.expr);
    added.columns.assign(named.begin(), named.end());
  }
  added.expr = constraint.expr;
  added.validated = !constraint.not_valid && !constraint.not_enforced;
  added.enforced = !constraint.not_enforced;
  added.no_inherit = constraint.no_inherit;
  if (!constraint.references.value.empty()) added.references = alter.world.target(constraint.references).name;
  added.referenced_columns = names(constraint.referenced_columns);
  alter.draft.constraints.push_back(std::move(added));
}

void add_check(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool only) {
  const bool down = !constraint.no_inherit && !only;
  const bool locks_children = constraint.no_inherit && !only && holds(Fact::no_inherit_locks_children, alter.version());
  alter.lock(gather, LockMode::access_exclusive, down || locks_children);
  if (only && !constraint.no_inherit && !alter.draft.children.empty())
    gather.fail("42P16", "the constraint must be added to child tables, too");
  if (!constraint.not_valid && !constraint.not_enforced) {
    if (down) {
      scan_tree(alter, gather, Cause::check);
    } else {
      scan_target(gather, Target{alter.draft.name, &alter.draft}, Cause::check);
    }
    gather.may_fail("23514", "a row may violate the CHECK");
  }
}

void add_not_null(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool only) {
  alter.lock(gather, LockMode::access_exclusive, !only);
  if (constraint.columns.empty()) return;
  const std::string& column = constraint.columns[0].value;
  if (!constraint.not_valid) verify_not_null(alter, gather, column, Cause::not_null, only);
  if (catalog::Column* found = alter.draft.edit_column(column)) {
    found->not_null_validated = to_tri(!constraint.not_valid);
    found->not_null = Tri::yes;
  }
}

/// The index that USING INDEX names, if it can back the constraint.
void use_index(Alter& alter, Gather& gather, const ir::Constraint& constraint) {
  const World& world = alter.world;
  if (alter.target.is(RelationKind::partitioned_table))
    return gather.fail("0A000", "USING INDEX does not work on a partitioned table");
  const catalog::Index* index = world.catalog.find_index({alter.target.name.schema, constraint.using_index.value});
  if (index == nullptr) {
    gather.uncertain();
    if (constraint.kind == ConstraintKind::primary_key) gather.scan(alter.target.name, Cause::not_null, Tri::unknown);
    return;
  }
  const bool plain = std::ranges::all_of(index->columns, [](const catalog::IndexColumn& column) {
    return !column.column.empty() && !column.descending && !column.nulls_first;
  });
  if (!index->unique) return gather.fail("42809", "the index is not unique");
  if (index->predicate) return gather.fail("42809", "the index is partial");
  if (!plain) return gather.fail("42809", "the index has expressions or another order than the default");
  if (index->valid == Tri::no) return gather.fail("55000", "the index is not valid");
  if (constraint.kind != ConstraintKind::primary_key) return;
  for (const catalog::IndexColumn& part : index->columns) {
    const catalog::Column* column = alter.draft.find_column(part.column);
    const bool invalid = column != nullptr && column->not_null == Tri::yes && column->not_null_validated == Tri::no;
    if (invalid) return gather.fail("55000", "the NOT NULL constraint of " + part.column + " is not validated");
    verify_not_null(alter, gather, part.column, Cause::primary_key);
  }
}

/// An index is built on each table; the partitions' own are named by PostgreSQL.
void build_index(Alter& alter, Gather& gather, const ir::Constraint& constraint, const std::string& name, Cause cause) {
  const QualifiedName& table = alter.target.name;
  gather.build({table.schema, name}, table, cause);
  scan_target(gather, Target{alter.draft.name, &alter.draft}, cause);
  if (alter.draft.kind != RelationKind::partitioned_table) return;
  if (!holds(Fact::partitioned_indexes, alter.version())) {
    return gather.fail("0A000", "this server has no keys over partitioned tables");
  }
  for (const QualifiedName& child_name : alter.world.children(alter.draft)) {
    const Target child = alter.world.target(child_name);
    gather.lock(child_name, lock_if(Fact::index_constraint_locks_partitions, alter.version(),
                                    LockMode::access_exclusive, LockMode::share));
    if (child.object == nullptr) continue;
    ir::Constraint unnamed = constraint;
    unnamed.name = {};
    gather.build({child_name.schema, catalog::choose_constraint_name(alter.world.catalog, *child.object, unnamed)},
                 child_name, cause);
    scan_target(gather, child, cause);
  }
}

void add_key(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool only) {
  const bool primary = constraint.kind == ConstraintKind::primary_key;
  // more.pk_on_inheritance_parent: NOT NULL goes down to children; 18+ every key looks at them.
  const bool inheritance = alter.draft.kind != RelationKind::partitioned_table;
  const bool down = inheritance && (primary || holds(Fact::index_constraint_locks_partitions, alter.version()));
  alter.lock(gather, LockMode::access_exclusive, down && !only);
  if (constraint.not_valid) return gather.fail("0A000", "only CHECK, FOREIGN KEY and NOT NULL can be NOT VALID");
  if (primary && alter.draft.primary_key() != nullptr)
    return gather.fail("42P16", "the table has a primary key already");
  const bool unproven = primary && std::ranges::any_of(constraint.columns, [&alter](const ir::Name& name) {
                          const catalog::Column* column = alter.draft.find_column(name.value);
                          return column != nullptr && column->not_null == Tri::yes && column->not_null_validated == Tri::no;
                        });
  if (unproven) return gather.fail("55000", "the NOT NULL constraint of a key column is not validated");
  const Cause cause = primary                                     ? Cause::primary_key
                      : constraint.kind == ConstraintKind::unique ? Cause::unique
                                                                  : Cause::exclusion;
  if (!constraint.using_index.value.empty()) return use_index(alter, gather, constraint);
  if (constraint.kind != ConstraintKind::exclusion &&
      !covers_partition_key(alter.draft.partition_by, names(constraint.columns))) {
    gather.fail("0A000", "a unique key of a partitioned table must hold its partition key");
  }
  build_index(alter, gather, constraint, constraint_name(alter, constraint), cause);
  gather.may_fail(constraint.kind == ConstraintKind::exclusion ? "23P01" : "23505", "rows may conflict");
  if (!primary) return;
  for (const ir::Name& name : constraint.columns) {
    if (!alter.added_columns.contains(name.value)) verify_not_null(alter, gather, name.value, Cause::primary_key);
    if (catalog::Column* column = alter.draft.edit_column(name.value)) column->not_null = Tri::yes;
  }
}

/// fk.no_unique_target: the referenced columns need a key; nothing where that cannot be told.
bool lacks_key(const World& world, const catalog::Relation& referenced, const ir::Constraint& constraint) {
  if (!referenced.exact) return false;
  if (constraint.referenced_columns.empty()) return referenced.primary_key() == nullptr;
  std::vector<std::string> wanted = names(constraint.referenced_columns);
  std::ranges::sort(wanted);
  const auto fits = [&wanted](std::vector<std::string> columns) {
    std::ranges::sort(columns);
    return columns == wanted;
  };
  for (const catalog::Constraint& key : referenced.constraints) {
    const bool unique = key.kind == ConstraintKind::primary_key || key.kind == ConstraintKind::unique;
    if (unique && fits(key.columns)) return false;
  }
  for (const catalog::Index* index : world.indexes(referenced)) {
    std::vector<std::string> columns;
    for (const catalog::IndexColumn& column : index->columns) columns.push_back(column.column);
    if (index->unique && !index->predicate && fits(columns)) return false;
  }
  return true;
}

/// The key goes away: its triggers on the other table, too. drop_constraint.fk, .pk_referenced_cascade.
void drop_dependents(Alter& alter, Gather& gather, const catalog::Constraint& constraint, bool cascade) {
  if (constraint.kind == ConstraintKind::foreign_key) {
    lock_referenced(gather, alter.world, constraint.references, LockMode::access_exclusive);
    return;
  }
  const bool key = constraint.kind == ConstraintKind::primary_key || constraint.kind == ConstraintKind::unique;
  if (!key) return;
  for (const Referrer& referrer : alter.world.referrers(alter.target.name)) {
    std::vector<std::string> referenced = referrer.key->referenced_columns;
    if (referenced.empty() && constraint.kind == ConstraintKind::primary_key) referenced = constraint.columns;
    if (!std::ranges::is_permutation(referenced, constraint.columns)) continue;
    if (!cascade)
      return gather.fail("2BP01", "foreign key " + referrer.key->name + " of " + display_name(referrer.table->name) +
                                      " depends on the key");
    gather.lock(referrer.table->name, LockMode::access_exclusive);
  }
}

/// 18+: every NOT NULL has a constraint, named by PostgreSQL where no one did: drop_constraint.not_null_named.
catalog::Column* not_null_column(Alter& alter, const std::string& constraint) {
  if (!holds(Fact::not_null_constraints, alter.version())) return nullptr;
  for (catalog::Column& column : alter.draft.columns.edit_each()) {
    if (column.not_null == Tri::yes && constraint == alter.draft.name.name + "_" + column.name + "_not_null")
      return &column;
  }
  return nullptr;
}

}  // namespace

void add_foreign_key(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool reads_table,
                     bool reads_referenced) {
  const World& world = alter.world;
  const bool partitioned = alter.draft.kind == RelationKind::partitioned_table;
  alter.lock(gather, LockMode::share_row_exclusive, partitioned);
  const Target referenced = world.target(constraint.references);
  lock_tree(gather, world, referenced, LockMode::share_row_exclusive, referenced.is(RelationKind::partitioned_table));
  if (partitioned && !holds(Fact::fk_from_partitioned, alter.version()))
    return gather.fail("42809", "this server has no foreign keys on partitioned tables");
  if (partitioned && constraint.not_valid && !holds(Fact::fk_not_valid_on_partitioned, alter.version())) {
    return gather.fail("42809", "a foreign key of a partitioned table cannot be NOT VALID");
  }
  if (referenced.is(RelationKind::partitioned_table) && !holds(Fact::fk_to_partitioned, alter.version())) {
    return gather.fail("42809", "this server has no foreign keys to partitioned tables");
  }
  if (referenced.exact() && alter.target.exact() &&
      !can_reference(alter.draft.persistence, referenced.object->persistence)) {
    return gather.fail("42P16", "a table cannot point at " + display_name(referenced.name) +
                                    ", which is less durable or another session's");
  }
  if (referenced.object != nullptr && lacks_key(world, *referenced.object, constraint)) {
    const bool implicit = constraint.referenced_columns.empty();
    return gather.fail(implicit ? "42704" : "42830", "the referenced columns have no unique key");
  }
  if (reads_table) {
    if (alter.target.object == nullptr) {
      gather.scan(alter.target.name, Cause::foreign_key);
    } else {
      scan_tree(alter, gather, Cause::foreign_key);
    }
    gather.may_fail("23503", "a row may have no partner");
  }
  if (!reads_referenced) return;
  for (const QualifiedName& name : world.with_children(referenced.name)) {
    const Target part = world.target(name);
    scan_target(gather, part, Cause::foreign_key, part.object != nullptr ? Tri::yes : Tri::unknown);
  }
}

void add_constraint(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool only) {
  switch (constraint.kind) {
    case ConstraintKind::check:
      add_check(alter, gather, constraint, only);
      break;
    case ConstraintKind::not_null:
      add_not_null(alter, gather, constraint, only);
      break;
    case ConstraintKind::foreign_key: {
      const bool verifies = !constraint.not_valid && !constraint.not_enforced;
      add_foreign_key(alter, gather, constraint, verifies, verifies);
      break;
    }
    case ConstraintKind::primary_key:
    case ConstraintKind::unique:
    case ConstraintKind::exclusion:
      add_key(alter, gather, constraint, only);
      break;
  }
  const std::string name =
      constraint.kind == ConstraintKind::not_null ? constraint.name.value : constraint_name(alter, constraint);
  draft(alter, constraint, name);
}

void work(Alter& alter, Gather& gather, const ir::op::AddConstraint& action) {
  add_constraint(alter, gather, action.constraint, action.only);
}

void work(Alter& alter, Gather& gather, const ir::op::DropConstraint& action) {
  const std::string& name = action.constraint.value;
  const catalog::Constraint* found = alter.draft.find_constraint(name);
  const bool down = !action.only && (found == nullptr || !found->no_inherit);
  alter.lock(gather, LockMode::access_exclusive, down);
  if (found == nullptr) {
    if (catalog::Column* column = not_null_column(alter, name)) {
      column->not_null = Tri::no;
    } else if (name.empty()) {
      gather.fail("42704", "the constraint has no name");
    } else if (alter.version() >= 18 && name.find("_not_null") != std::string::npos) {
      gather.uncertain();  // the name of a NOT NULL from before a rename
    } else if (!action.if_exists && alter.draft.exact) {
      gather.fail("42704", "constraint " + name + " does not exist");
    } else if (!alter.draft.exact) {
      gather.uncertain();
    }
    return;
  }
  if (found->inherited) gather.fail("42P16", "an inherited constraint cannot be dropped");
  drop_dependents(alter, gather, *found, action.cascade);
  if (!found->index.empty()) alter.drop_index({alter.target.name.schema, found->index});
  alter.dropped_constraints.insert(name);
  if (found->kind == ConstraintKind::not_null && !found->columns.empty()) {
    if (catalog::Column* column = alter.draft.edit_column(found->columns[0])) column->not_null = Tri::no;
  }
  alter.draft.constraints.erase_if([&name](const catalog::Constraint& constraint) { return constraint.name == name; });
}

void work(Alter& alter, Gather& gather, const ir::op::ValidateConstraint& action) {
  const std::string& name = action.constraint.value;
  catalog::Constraint* found = alter.draft.edit_constraint(name);
  const bool foreign_key = found != nullptr && found->kind == ConstraintKind::foreign_key;
  const bool partitioned = alter.draft.kind == RelationKind::partitioned_table;
  alter.lock(gather, LockMode::share_update_exclusive, !action.only && (!foreign_key || partitioned));
  if (found == nullptr) {
    if (alter.draft.exact) return gather.fail("42704", "constraint " + name + " does not exist");
    gather.uncertain();
    return gather.scan(alter.target.name, Cause::validate, Tri::unknown);
  }
  if (found->kind != ConstraintKind::check && found->kind != ConstraintKind::not_null && !foreign_key) {
    return gather.fail("42809", "only CHECK, FOREIGN KEY and NOT NULL can be validated");
  }
  if (found->validated) return;
  if (!found->enforced) return gather.fail("42809", "a constraint that is NOT ENFORCED cannot be validated");
  scan_tree(alter, gather, Cause::validate);
  gather.may_fail(foreign_key                            ? "23503"
                  : found->kind == ConstraintKind::check ? "23514"
                                                         : "23502",
                  "a row may violate the constraint");
  if (foreign_key) {
    lock_referenced(gather, alter.world, found->references, LockMode::row_share);
    for (const QualifiedName& part : alter.world.with_children(found->references))
      scan_target(gather, alter.world.target(part), Cause::validate);
  }
  found->validated = true;
  if (found->kind == ConstraintKind::not_null && !found->columns.empty()) {
    if (catalog::Column* column = alter.draft.edit_column(found->columns[0])) column->not_null_validated = Tri::yes;
  }
}

void work(Alter& alter, Gather& gather, const ir::op::AlterConstraint& action) {
  const std::string& name = action.constraint.value;
  catalog::Constraint* found = alter.draft.edit_constraint(name);
  alter.lock(gather, LockMode::access_exclusive, alter.draft.kind == RelationKind::partitioned_table);
  if (found == nullptr) {
    if (alter.draft.exact) gather.fail("42704", "constraint " + name + " does not exist");
    return gather.uncertain();
  }
  const bool foreign_key = found->kind == ConstraintKind::foreign_key;
  const bool deferrability = action.deferrable != Tri::unknown || action.initially_deferred != Tri::unknown;
  if (deferrability && !foreign_key) return gather.fail("42809", "only a foreign key's deferrability can be altered");
  if (action.enforced == Tri::unknown) return;
  const bool check = found->kind == ConstraintKind::check && holds(Fact::check_enforcement_alters, alter.version());
  if (!foreign_key && !check) return gather.fail("42809", "the enforcement of this constraint cannot be altered");
  const bool on = action.enforced == Tri::yes;
  if (on && !found->enforced) {
    scan_tree(alter, gather, Cause::validate);
    gather.may_fail(foreign_key ? "23503" : "23514", "a row may violate the constraint");
  }
  if (foreign_key && on != found->enforced) {  // surprises.md 18, 19
    lock_referenced(gather, alter.world, found->references,
                    on ? LockMode::share_row_exclusive : LockMode::access_exclusive);
    if (on) scan_target(gather, alter.world.target(found->references), Cause::validate);
  }
  found->enforced = on;
}

}  // namespace whimbrel::facts
