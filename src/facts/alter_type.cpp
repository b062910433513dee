// ALTER COLUMN TYPE: the heap, the indexes, the constraints and what forbids it.
//
// Facts: manual, ALTER TABLE; rows alter_type.*.
#include <algorithm>

#include "alter_table.h"
#include "expressions.h"
#include "types.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;

bool contains(const std::vector<std::string>& columns, std::string_view column) {
  return std::ranges::find(columns, column) != columns.end();
}

/// What the server sees first, in ATPrepAlterColumnType.
void refuse_at_once(Alter& alter, Gather& gather, const ir::op::AlterColumnType& action, const catalog::Column* column) {
  const std::string& name = action.column.value;
  if (column == nullptr) {
    if (alter.draft.exact && !alter.draft.columns.empty()) gather.fail("42703", "column " + name + " does not exist");
    return;
  }
  if (column->inherited) gather.fail("42P16", "the type of an inherited column cannot be changed");
  if (action.only && !alter.draft.children.empty())
    gather.fail("42P16", "the type must be changed in child tables, too");
  for (const ir::IndexElement& key : alter.draft.partition_by.keys) {
    if (key.column == name || (key.expr && names_column(*key.expr, name)))
      gather.fail("42P16", "the column is in the partition key");
  }
}

/// What stands on the column and makes the server refuse: ATExecAlterColumnType, RememberAllDependentForRebuilding.
void refuse(Alter& alter, Gather& gather, const ir::op::AlterColumnType& action, const catalog::Column* column) {
  if (column == nullptr) return;
  const World& world = alter.world;
  const std::string& name = action.column.value;
  const catalog::Column* old = alter.target.object != nullptr ? alter.target.object->find_column(name) : nullptr;
  if (old != nullptr && old->type.known() && column->type.known() && !same_type(old->type, column->type, world.catalog))
    gather.fail("0A000", "the type of a column cannot be changed twice in one statement");
  // USING is for the rows; a default goes by the cast alone: type.default_not_castable.
  const bool generated = column->generated != ir::Generated::none;
  if (action.using_expr && column->default_value && !generated && column->type.known() &&
      type_change(column->type, action.type.value, world.catalog, world.settings) == TypeChange::error)
    gather.fail("42804", "the default of the column is not cast to the new type by itself");
  for (const catalog::Column& other : alter.draft.columns) {
    if (!other.generation || other.name == name || !names_column(*other.generation, name)) continue;
    const bool syntax = holds(Fact::generated_base_is_syntax_error, alter.version());
    gather.fail(syntax ? "42601" : "0A000", "generated column " + other.name + " is made of the column");
  }
  const catalog::Column* altered = alter.draft.find_column(name);
  const std::uint32_t made = altered == nullptr ? 0 : altered->origin.part;
  for (const QualifiedName& view_name : world.catalog.dependent_views(alter.target.name)) {
    const catalog::Relation* view = world.catalog.find_relation(view_name);
    const Tri reads = view != nullptr ? World::reads_column(*view, alter.target.name, name, made) : Tri::no;
    if (reads == Tri::yes) gather.fail("0A000", "view " + display_name(view_name) + " shows the column");
    if (reads == Tri::unknown) gather.uncertain();
  }
  for (const catalog::Attached& attached : alter.draft.attached) {
    if (contains(attached.columns, name)) gather.fail("0A000", attached.name + " names the column");
  }
  // Bodies in standard SQL depend on what they name: alter_type.in_function_body_sql_standard.
  for (const auto& [function_name, function] : world.catalog.functions()) {
    const bool reads_table = std::ranges::any_of(
        function->reads, [&](const QualifiedName& read) { return world.target(read).name == alter.target.name; });
    if (reads_table && contains(function->read_columns, name))
      gather.fail("0A000", "function " + display_name(function_name) + " names the column");
  }
}

/// Heap: by the types, or by USING.
struct Decision {
  TypeChange change = TypeChange::unknown;
  Cause cause = Cause::type_change;
};

Decision decide(const Alter& alter, const ir::op::AlterColumnType& action, const catalog::Column* column) {
  const ir::TypeName from = column != nullptr ? column->type : ir::TypeName{};
  const catalog::Catalog& catalog = alter.world.catalog;
  // A virtual column has no bytes: alter_type.virtual_generated_itself.
  if (column != nullptr && column->generated == ir::Generated::virtual_) return {TypeChange::free};
  if (action.using_expr) {
    const TypeChange by_type =
        column != nullptr ? type_change(from, action.type.value, catalog, alter.world.settings) : TypeChange::unknown;
    const TypeChange change =
        using_change(*action.using_expr, action.column.value, from, action.type.value, catalog, alter.world.settings);
    return {change, by_type == TypeChange::free ? Cause::using_expression : Cause::type_change};
  }
  return {type_change(from, action.type.value, catalog, alter.world.settings)};
}

bool same_collation(const std::string& left, const std::string& right) {
  const auto plain = [](const std::string& name) {
    return name == "default" || name == "pg_catalog.default" ? std::string() : name;
  };
  return plain(left) == plain(right);
}

/// CheckIndexCompatible: whether the index over the column must be built anew although the heap stays.
bool rebuilds(const catalog::Index& index, const std::string& column, bool same_group, bool same_collate) {
  if (index.predicate && names_column(*index.predicate, column)) return true;
  // An index of a partitioned table has no file to keep, and those attached to it are made again with it:
  // alter_type.partitioned_varchar_text_indexed.
  const bool of_tree = index.partitioned || !index.parent.empty();
  for (const catalog::IndexColumn& part : index.columns) {
    if (part.expr && names_column(*part.expr, column)) return true;
    if (part.column != column) continue;
    if (of_tree || !same_group) return true;
    if (!same_collate && part.collation.empty()) return true;
  }
  return of_tree && contains(index.including, column);
}

void recheck_constraints(Alter& alter, Gather& gather, const catalog::Relation& table, const std::string& column,
                         bool same_group) {
  const World& world = alter.world;
  for (const catalog::Constraint& constraint : table.constraints) {
    const bool counts = constraint.validated && constraint.enforced;
    if (constraint.kind == ConstraintKind::check && constraint.expr && names_column(*constraint.expr, column)) {
      if (counts && has_storage(table)) gather.scan(table.name, Cause::recheck);
    }
    if (constraint.kind != ConstraintKind::foreign_key || !contains(constraint.columns, column)) continue;
    lock_referenced(gather, world, constraint.references, LockMode::access_exclusive);
    if (same_group || !counts) continue;
    scan_target(gather, Target{table.name, &table}, Cause::foreign_key);
    scan_target(gather, world.target(constraint.references), Cause::foreign_key);
  }
  for (const Referrer& referrer : world.referrers(table.name)) {
    if (!contains(referrer.key->referenced_columns, column)) continue;
    gather.lock(referrer.table->name, LockMode::access_exclusive);
    if (same_group || !referrer.key->validated || !referrer.key->enforced) continue;
    scan_target(gather, Target{referrer.table->name, referrer.table}, Cause::foreign_key);
    scan_target(gather, Target{table.name, &table}, Cause::foreign_key);
  }
}

/// The sequence of an identity column gets the new type; 17+ a serial's default opens its sequence.
void alter_sequences(Alter& alter, Gather& gather, const catalog::Column& column, bool changes) {
  for (const catalog::Sequence* sequence : alter.world.owned_sequences(alter.draft, column.name)) {
    if (column.identity != ir::Identity::none && changes) {
      gather.lock(sequence->name, LockMode::share_row_exclusive, RelationSort::sequence);
    } else if (column.identity == ir::Identity::none && holds(Fact::default_locks_sequence, alter.version())) {
      gather.lock(sequence->name, LockMode::access_share, RelationSort::sequence);
    }
  }
}

void work_on(Alter& alter, Gather& gather, const catalog::Relation& table, const ir::op::AlterColumnType& action,
             const Decision& decision) {
  const catalog::Catalog& catalog = alter.world.catalog;
  const std::string& name = action.column.value;
  const catalog::Column* column = table.find_column(name);
  const Tri happens =
      decision.change == TypeChange::unknown ? Tri::unknown : to_tri(decision.change != TypeChange::free);
  if (happens != Tri::no) rewrite_table(gather, alter.world, table, decision.cause, happens);
  if (column == nullptr || !column->type.known()) return;

  const bool same_group = operator_group(column->type, catalog) == operator_group(action.type.value, catalog);
  const bool same_collate = same_collation(column->collation, action.collation);
  for (const catalog::Index* index : alter.world.indexes(table)) {
    if (alter.dropped_indexes.contains(index->name)) continue;
    if (index->partitioned && !holds(Fact::partitioned_index_has_file, alter.version())) continue;
    if (!rebuilds(*index, name, same_group, same_collate)) continue;
    gather.build(index->name, table.name, same_group && !same_collate ? Cause::collation_change : Cause::type_change);
    scan_target(gather, Target{table.name, &table},
                same_group && !same_collate ? Cause::collation_change : Cause::type_change);
  }
  recheck_constraints(alter, gather, table, name, same_group);
}

}  // namespace

void work(Alter& alter, Gather& gather, const ir::op::AlterColumnType& action) {
  alter.lock(gather, LockMode::access_exclusive, !action.only);
  catalog::Column* column = alter.draft.edit_column(action.column.value);
  refuse_at_once(alter, gather, action, column);
  const ir::TypeName& type = action.type.value;
  if (type.name == "serial" || type.name == "bigserial" || type.name == "smallserial")
    gather.fail("42704", "serial is no type that a column can get");

  Decision decision = decide(alter, action, column);
  if (decision.change == TypeChange::error) {
    gather.fail("42804", "the old type is not cast to the new one by itself: USING says how");
    decision.change = TypeChange::rewrite;
  }
  refuse(alter, gather, action, column);
  if (decision.change == TypeChange::unknown) gather.uncertain();
  if (decision.change != TypeChange::free) gather.may_fail("22000", "a value may not fit the new type");

  if (alter.target.object == nullptr) {
    rewrite_target(gather, alter.world, alter.target, decision.cause,
                   decision.change == TypeChange::unknown ? Tri::unknown : Tri::yes);
    return;
  }
  for (const catalog::Relation& table : alter.tree()) work_on(alter, gather, table, action, decision);
  if (column == nullptr) return;
  alter_sequences(alter, gather, *column, !same_type(column->type, type, alter.world.catalog));
  column->type = type;
  column->collation = action.collation;
}

}  // namespace whimbrel::facts
