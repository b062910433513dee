// Columns added, dropped and changed without a new type: ADD COLUMN, DROP COLUMN, defaults, NOT NULL, identity,
// expressions.
#include <algorithm>

#include "alter_table.h"
#include "expressions.h"
#include "function_table.h"
#include "proofs.h"
#include "types.h"
#include "version_facts.h"

#include "whimbrel/ir/server_limits.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;

bool is_key_column(const catalog::Relation& table, std::string_view column) {
  return std::ranges::any_of(table.partition_by.keys, [column](const ir::IndexElement& key) {
    return key.column == column || (key.expr && names_column(*key.expr, column));
  });
}

/// What makes a new column fill every row, and thereby rewrites the table.
struct Filling {
  Cause cause = Cause::other;
  Tri happens = Tri::no;
};

/// Manual, ALTER TABLE, "Notes"; rows add_column.default_*, .serial, .identity_*, .generated_*, .domain_*.
Filling filling(const Alter& alter, const ir::ColumnDef& column) {
  const catalog::Catalog& catalog = alter.world.catalog;
  const int version = alter.version();
  if (column.serial != ir::Serial::none) return {Cause::serial, Tri::yes};
  if (column.identity != ir::Identity::none) return {Cause::identity, Tri::yes};
  if (column.generated == ir::Generated::stored) return {Cause::stored_generated, Tri::yes};
  if (column.generated == ir::Generated::virtual_) return {};
  if (is_constrained_domain(column.type.value, catalog)) return {Cause::constrained_domain, Tri::yes};
  const ir::Expr* value =
      column.default_value ? column.default_value.get() : domain_default(column.type.value, catalog);
  if (value == nullptr || is_null_constant(*value)) return {};
  if (!holds(Fact::fast_default, version)) return {Cause::constant_default_before_11, Tri::yes};
  const ExprVolatility volatility = volatility_of(*value, catalog, version);
  if (volatility.volatility != ir::op::Volatility::volatile_) return {};
  return {Cause::volatile_default, volatility.certain};
}

/// A function that only newer servers have, where neither the history nor pgcrypto brings it: add_column.pk_uuid_nopk.
void check_functions(const Alter& alter, Gather& gather, const ir::Expr& value) {
  ir::for_each_node(value, [&](const ir::Expr& node) {
    if (node.kind != ir::ExprKind::call || !node.name.schema.empty() || keyword_function(node.name.name)) return;
    if (built_in_function(node.name.name, node.args.size(), alter.version()).built_in != BuiltIn::other_version) return;
    if (!alter.world.catalog.find_functions(node.name).empty()) return;
    if (node.name.name == "gen_random_uuid" && alter.world.catalog.has_extension("pgcrypto")) return;
    gather.fail("42883", "this server has no function " + node.name.name);
  });
}

/// What a default cannot say.
void check_default(const Alter& alter, Gather& gather, const ir::Expr& value) {
  check_functions(alter, gather, value);
  ir::for_each_node(value, [&gather](const ir::Expr& node) {
    if (node.kind == ir::ExprKind::subquery) gather.fail("0A000", "a default cannot have a sub-select");
  });
  const std::set<std::string> columns = columns_of(value);
  if (!columns.empty()) {
    const bool newer = holds(Fact::column_in_default_is_0a000, alter.version());
    gather.fail(newer ? "0A000" : "42P10", "a default cannot refer to a column");
  }
}

bool has_default(const ir::ColumnDef& column) {
  return (column.default_value && !is_null_constant(*column.default_value)) || column.serial != ir::Serial::none ||
         column.identity != ir::Identity::none || column.generated != ir::Generated::none;
}

/// A new column without a value in a table with rows breaks NOT NULL.
void add_not_null(Alter& alter, Gather& gather, const ir::ColumnDef& column) {
  if (column.generated == ir::Generated::virtual_) {  // add_column.generated_virtual_not_null
    for (const catalog::Relation& table : alter.tree()) {
      if (has_storage(table)) gather.scan(table.name, Cause::not_null);
    }
    return;
  }
  const ir::Expr* from_domain = column.default_value ? nullptr : domain_default(column.type.value, alter.world.catalog);
  if (has_default(column) || (from_domain != nullptr && !is_null_constant(*from_domain))) return;
  gather.may_fail("23502", "existing rows would hold NULL in the new column");
  for (const catalog::Relation& table : alter.tree()) {
    if (has_storage(table)) gather.scan(table.name, Cause::not_null);
  }
}

void add_inline_constraints(Alter& alter, Gather& gather, const ir::ColumnDef& column, bool only) {
  for (const ir::Constraint& constraint : column.constraints) {
    switch (constraint.kind) {
      case ConstraintKind::foreign_key: {
        // transformColumnDefinition: without a DEFAULT clause, also NULL, validation is skipped:
        // add_column.references*.
        const bool partitions = alter.draft.kind == RelationKind::partitioned_table &&
                                holds(Fact::partition_keys_always_verified, alter.version());
        const bool clause = column.default_value != nullptr || column.serial != ir::Serial::none || partitions;
        add_foreign_key(alter, gather, constraint, clause && !constraint.not_enforced,
                        clause && !constraint.not_enforced && has_default(column));
        break;
      }
      case ConstraintKind::primary_key:
        add_constraint(alter, gather, constraint, only);
        add_not_null(alter, gather, column);
        break;
      case ConstraintKind::check:
      case ConstraintKind::unique:
      case ConstraintKind::exclusion:
        add_constraint(alter, gather, constraint, only);
        break;
      case ConstraintKind::not_null:
        break;  // said by ColumnDef::not_null
    }
  }
}

catalog::Column drafted(const ir::ColumnDef& column) {
  catalog::Column result;
  result.name = column.name.value;
  result.type = column.type.value;
  result.default_value = column.default_value;
  result.identity = column.identity;
  result.generated = column.generated;
  result.generation = column.generation;
  result.collation = column.collation;
  const bool key = std::ranges::any_of(column.constraints, [](const ir::Constraint& constraint) {
    return constraint.kind == ConstraintKind::primary_key || constraint.kind == ConstraintKind::not_null;
  });
  result.not_null = to_tri(column.not_null.has_value() || key || column.serial != ir::Serial::none ||
                           column.identity != ir::Identity::none);
  return result;
}

/// Whom dropping the column takes with it, or why it is refused.
void drop_dependents(Alter& alter, Gather& gather, const ir::op::DropColumn& action) {
  const World& world = alter.world;
  const std::string& column = action.column.value;
  const auto uses = [&column](const std::vector<std::string>& columns) {
    return std::ranges::find(columns, column) != columns.end();
  };

  const catalog::Column* dropped = alter.draft.find_column(column);
  const std::uint32_t made = dropped == nullptr ? 0 : dropped->origin.part;
  for (const QualifiedName& name : world.catalog.dependent_views(alter.target.name)) {
    const catalog::Relation* view = world.catalog.find_relation(name);
    if (view == nullptr) continue;
    const Tri reads = World::reads_column(*view, alter.target.name, column, made);
    if (reads == Tri::no) continue;
    if (reads == Tri::unknown) {
      gather.uncertain();
      continue;
    }
    if (!action.cascade) return gather.fail("2BP01", "view " + display_name(name) + " depends on the column");
    gather.lock(view->name, LockMode::access_exclusive, sort_of(*view));
    for (const catalog::Relation* above : world.views_over(view->name))
      gather.lock(above->name, LockMode::access_exclusive, sort_of(*above));
  }
  for (const Referrer& referrer : world.referrers(alter.target.name)) {
    if (!uses(referrer.key->referenced_columns)) continue;
    if (referrer.table->name != alter.target.name && !action.cascade) {
      return gather.fail("2BP01", "foreign key " + referrer.key->name + " of " + display_name(referrer.table->name) +
                                      " depends on the column");
    }
    gather.lock(referrer.table->name, LockMode::access_exclusive);
  }
  for (const catalog::Attached& attached : alter.draft.attached) {
    if (uses(attached.columns) && !action.cascade) gather.fail("2BP01", attached.name + " depends on the column");
  }
  for (const catalog::Column& other : alter.draft.columns) {
    if (!other.generation || !names_column(*other.generation, column) || action.cascade) continue;
    if (!holds(Fact::generated_dropped_with_base, alter.version())) {
      gather.fail("2BP01", "generated column " + other.name + " depends on the column");
    }
  }
  // The foreign keys of the column itself: their triggers on the other table go, too.
  for (const catalog::Constraint& constraint : alter.draft.constraints) {
    if (constraint.kind == ConstraintKind::foreign_key && uses(constraint.columns)) {
      lock_referenced(gather, world, constraint.references, LockMode::access_exclusive);
    }
  }
}

void drop_from(catalog::Relation& table, const std::string& column) {
  table.columns.erase_if([&column](const catalog::Column& other) { return other.name == column; });
  table.constraints.erase_if([&column](const catalog::Constraint& constraint) {
    return std::ranges::find(constraint.columns, column) != constraint.columns.end();
  });
}

/// The table must have the column; whether it certainly does not.
bool refuse_missing(const Alter& alter, Gather& gather, const std::string& column) {
  if (alter.draft.find_column(column) != nullptr || !alter.draft.exact || alter.draft.columns.empty()) return false;
  gather.fail("42703", "column " + column + " does not exist");
  return true;
}

}  // namespace

void work(Alter& alter, Gather& gather, const ir::op::AddColumn& action) {
  const ir::ColumnDef& column = action.column;
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  if (alter.draft.find_column(column.name.value) != nullptr) {
    if (!action.if_not_exists) gather.fail("42701", "column " + column.name.value + " exists already");
    return;
  }
  // Dropped ones count too; with those that are left alone it is certain.
  if (alter.draft.columns.size() >= ir::kMostColumns) return gather.fail("54011", "tables can have at most 1600 columns");
  if (alter.draft.is_partition) gather.fail("42809", "a column cannot be added to a partition alone");
  if (!alter.draft.of_type.empty()) gather.fail("42809", "a column cannot be added to a typed table");
  if (action.only && !alter.draft.children.empty()) gather.fail("42P16", "a column must be added to child tables, too");
  if (column.default_value) {
    check_default(alter, gather, *column.default_value);
    lock_sequences(gather, alter.world, column.default_value.get(), LockMode::row_exclusive);
  }

  const Filling fill = filling(alter, column);
  if (fill.happens != Tri::no) {
    if (fill.happens == Tri::unknown) gather.uncertain();
    if (fill.cause == Cause::constrained_domain)
      gather.may_fail("23514", "the default, or NULL, may violate the domain");
    if (alter.target.object == nullptr) rewrite_target(gather, alter.world, alter.target, fill.cause, fill.happens);
    for (const catalog::Relation& table : alter.tree()) {
      if (alter.target.object != nullptr) rewrite_table(gather, alter.world, table, fill.cause, fill.happens);
    }
  }
  alter.draft.columns.push_back(drafted(column));
  alter.added_columns.insert(column.name.value);
  if (column.not_null) add_not_null(alter, gather, column);
  if (is_not_null_domain(column.type.value, alter.world.catalog) && !has_default(column)) {
    gather.may_fail("23502", "existing rows would hold NULL in the new column");
  }
  add_inline_constraints(alter, gather, column, action.only);
}

void work(Alter& alter, Gather& gather, const ir::op::DropColumn& action) {
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  if (action.only) {  // looks at the children, too, not at theirs: more.only_drop_column_inheritance
    for (const QualifiedName& child : alter.draft.children) gather.lock(child, LockMode::access_exclusive);
  }
  if (action.only && alter.draft.kind == RelationKind::partitioned_table && !alter.draft.children.empty()) {
    gather.fail("42P16", "a column must be dropped from the partitions, too");
  }
  const std::string& column = action.column.value;
  const catalog::Column* found = alter.draft.find_column(column);
  if (found == nullptr) {
    if (!action.if_exists) refuse_missing(alter, gather, column);
  } else if (found->inherited) {
    gather.fail("42P16", "an inherited column cannot be dropped");
  } else if (is_key_column(alter.draft, column)) {
    gather.fail("42P16", "the column is in the partition key");
  }
  drop_dependents(alter, gather, action);
  for (const catalog::Sequence* sequence : alter.world.owned_sequences(alter.draft, column)) {
    gather.lock(sequence->name, LockMode::access_exclusive, RelationSort::sequence);
  }
  for (const catalog::Index* index : alter.world.indexes(alter.draft)) {
    const bool names_it = std::ranges::any_of(index->columns, [&column](const catalog::IndexColumn& part) {
      return part.column == column || (part.expr && names_column(*part.expr, column));
    });
    const bool includes = std::ranges::find(index->including, column) != index->including.end();
    if (names_it || includes || (index->predicate && names_column(*index->predicate, column)))
      alter.drop_index(index->name);
  }
  drop_from(alter.draft, column);
}

void work(Alter& alter, Gather& gather, const ir::op::SetDefault& action) {
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  refuse_missing(alter, gather, action.column.value);
  if (action.value) {
    check_default(alter, gather, *action.value);
    if (holds(Fact::default_locks_sequence, alter.version())) {
      lock_sequences(gather, alter.world, action.value.get(), LockMode::access_share);
    }
  }
  if (catalog::Column* column = alter.draft.edit_column(action.column.value)) column->default_value = action.value;
}

void work(Alter& alter, Gather& gather, const ir::op::DropDefault& action) {
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  refuse_missing(alter, gather, action.column.value);
  if (catalog::Column* column = alter.draft.edit_column(action.column.value)) column->default_value = nullptr;
}

void verify_not_null(Alter& alter, Gather& gather, const std::string& name, Cause cause, bool only) {
  for (const catalog::Relation& table : only ? std::vector{alter.draft} : alter.tree()) {
    if (!has_storage(table) && alter.target.object != nullptr) continue;
    const catalog::Column* column = table.find_column(name);
    const bool already = column != nullptr && column->not_null == Tri::yes && column->not_null_validated == Tri::yes;
    if (already) continue;
    const Tri proven = holds(Fact::check_proves_not_null, alter.version()) ? proves_not_null(table, name) : Tri::no;
    if (proven == Tri::yes && !(column != nullptr && column->not_null == Tri::yes)) continue;
    const bool sure = proven == Tri::no && (column == nullptr || column->not_null != Tri::unknown);
    if (!sure) gather.uncertain();
    gather.scan(table.name, cause, sure ? Tri::yes : Tri::unknown);
    gather.may_fail("23502", "the column may hold NULL");
  }
}

void work(Alter& alter, Gather& gather, const ir::op::SetNotNull& action) {
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  if (refuse_missing(alter, gather, action.column.value)) return;
  if (action.only && alter.draft.kind == RelationKind::partitioned_table && !alter.draft.children.empty()) {
    const catalog::Column* column = alter.draft.find_column(action.column.value);
    if (column != nullptr && column->not_null == Tri::no)
      gather.fail("42P16", "the column must be NOT NULL in the partitions, too");
  }
  verify_not_null(alter, gather, action.column.value, Cause::not_null, action.only);
  if (catalog::Column* column = alter.draft.edit_column(action.column.value)) {
    column->not_null = Tri::yes;
    column->not_null_validated = Tri::yes;
  }
}

void work(Alter& alter, Gather& gather, const ir::op::DropNotNull& action) {
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  if (refuse_missing(alter, gather, action.column.value)) return;
  catalog::Column* column = alter.draft.edit_column(action.column.value);
  if (column == nullptr) return;
  if (column->identity != ir::Identity::none) gather.fail("42601", "the column is an identity column");
  const catalog::Constraint* key = alter.draft.primary_key();
  if (key != nullptr && std::ranges::find(key->columns, column->name) != key->columns.end())
    gather.fail("42P16", "the column is in a primary key");
  column->not_null = Tri::no;
}

void work(Alter& alter, Gather& gather, const ir::op::AddIdentity& action) {
  alter.lock(gather, LockMode::access_exclusive, holds(Fact::identity_recurses, alter.version()));
  if (refuse_missing(alter, gather, action.column.value)) return;
  catalog::Column* column = alter.draft.edit_column(action.column.value);
  if (column == nullptr) return;
  if (column->not_null == Tri::no && alter.draft.exact)
    gather.fail("55000", "the column must be NOT NULL before identity is added");
  if (column->default_value || column->identity != ir::Identity::none)
    gather.fail("55000", "the column has a default already");
  column->identity = action.identity;
}

void work(Alter& alter, Gather& gather, const ir::op::DropIdentity& action) {
  alter.lock(gather, LockMode::access_exclusive, holds(Fact::identity_recurses, alter.version()));
  if (refuse_missing(alter, gather, action.column.value)) return;
  catalog::Column* column = alter.draft.edit_column(action.column.value);
  if (column == nullptr) return;
  if (column->identity == ir::Identity::none && alter.draft.exact && !action.if_exists)
    gather.fail("55000", "the column is not an identity column");
  for (const catalog::Sequence* sequence : alter.world.owned_sequences(alter.draft, column->name)) {
    gather.lock(sequence->name, LockMode::access_exclusive, RelationSort::sequence);
  }
  column->identity = ir::Identity::none;
}

/// generated.set_expression: a stored column is computed anew, a virtual one only checked.
void work(Alter& alter, Gather& gather, const ir::op::SetExpression& action) {
  alter.lock(gather, LockMode::access_exclusive, true);
  if (refuse_missing(alter, gather, action.column.value)) return;
  const catalog::Column* column = alter.draft.find_column(action.column.value);
  if (column != nullptr && column->generated == ir::Generated::virtual_) {
    const bool checked = std::ranges::any_of(alter.draft.constraints, [&](const catalog::Constraint& constraint) {
      return constraint.kind == ConstraintKind::check && constraint.expr &&
             names_column(*constraint.expr, column->name);
    });
    if (!checked) return;
    if (!holds(Fact::virtual_expression_with_check, alter.version()))
      return gather.fail("0A000", "a CHECK names the virtual column");
    for (const catalog::Relation& table : alter.tree()) {
      if (has_storage(table)) gather.scan(table.name, Cause::recheck);
    }
    return;
  }
  if (column != nullptr && column->generated == ir::Generated::none && alter.draft.exact)
    return gather.fail("55000", "the column is not a generated column");
  if (alter.target.object == nullptr)
    return rewrite_target(gather, alter.world, alter.target, Cause::stored_generated, Tri::unknown);
  for (const catalog::Relation& table : alter.tree())
    rewrite_table(gather, alter.world, table, Cause::stored_generated);
}

void work(Alter& alter, Gather& gather, const ir::op::DropExpression& action) {
  alter.lock(gather, LockMode::access_exclusive, true);
  if (refuse_missing(alter, gather, action.column.value)) return;
  catalog::Column* column = alter.draft.edit_column(action.column.value);
  if (column == nullptr) return;
  if (column->generated == ir::Generated::virtual_)
    return gather.fail("0A000", "a virtual column keeps its expression");
  if (column->generated == ir::Generated::none && !action.if_exists && alter.draft.exact)
    gather.fail("55000", "the column is not a generated column");
  column->generated = ir::Generated::none;
  column->generation = nullptr;
}

}  // namespace whimbrel::facts
