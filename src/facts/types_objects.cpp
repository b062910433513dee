// Types: enum values, domains and composite types, and the tables whose columns they are.
//
// Facts: manual, ALTER TYPE, ALTER DOMAIN; rows enum.*, domain.*, type.*; surprises.md 30-32.
#include <algorithm>

#include "operations.h"
#include "types.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

/// 31: SHARE on each table with a column of the domain, which is read in full.
void verify_tables(const Batch& batch, Gather& gather, const QualifiedName& domain, Cause cause) {
  const World& world = batch.world;
  const std::vector<const catalog::Relation*> plain = world.tables_of_type(domain, false);
  for (const catalog::Relation* table : world.tables_of_type(domain, true)) {
    if (std::ranges::find(plain, table) == plain.end())
      gather.fail("0A000", display_name(table->name) + " holds the domain inside an array");
  }
  for (const catalog::Relation* table : plain) {
    gather.lock(table->name, LockMode::share, sort_of(*table));
    if (has_storage(*table)) gather.scan(table->name, cause);
  }
}

}  // namespace

/// Changes only the catalog; before 12 not inside a transaction block, except in the one that made the type.
void work(const Batch& batch, Gather& gather, const ir::op::AddEnumValue& op) {
  const catalog::Type* type = batch.world.catalog.find_type(op.type.value);
  const std::uint64_t transaction = batch.world.settings.transaction.number;
  const bool made_here = type != nullptr && transaction != 0 && type->origin.transaction == transaction;
  if (!holds(Fact::enum_add_in_transaction, batch.version()) && !made_here) gather.forbid_transaction();
  if (type == nullptr || op.if_not_exists) return;
  if (std::ranges::find(type->labels, op.value.value) != type->labels.end())
    gather.fail("42710", "the enum has the value already");
}

void work(const Batch& batch, Gather& gather, const ir::op::AlterDomain& op) {
  using ir::op::DomainAction;
  const catalog::Type* domain = batch.world.catalog.find_type(op.domain.value);
  if (domain == nullptr) {
    if (!op.if_exists) gather.uncertain();
    return;
  }
  switch (op.action) {
    case DomainAction::set_default:
    case DomainAction::drop_default:
    case DomainAction::drop_not_null:
    case DomainAction::drop_constraint:
      return;
    case DomainAction::set_not_null:
      if (domain->not_null) return;
      verify_tables(batch, gather, domain->name, Cause::not_null);
      return gather.may_fail("23502", "a column of the domain may hold NULL");
    case DomainAction::add_constraint:
      if (op.constraint.not_valid) return;
      verify_tables(batch, gather, domain->name, Cause::check);
      return gather.may_fail(op.constraint.kind == ir::ConstraintKind::not_null ? "23502" : "23514",
                             "a value may violate the constraint");
    case DomainAction::validate_constraint: {
      const auto found = std::ranges::find(domain->constraints, op.constraint_name.value, &catalog::Constraint::name);
      if (found != domain->constraints.end() && found->validated) return;
      verify_tables(batch, gather, domain->name, Cause::validate);
      return gather.may_fail("23514", "a value may violate the constraint");
    }
  }
}

/// 32: the composite type is locked like a table, so that a SELECT over a column of it waits; typed tables follow with
/// CASCADE.
void work(const Batch& batch, Gather& gather, const ir::op::AlterCompositeType& op) {
  const World& world = batch.world;
  const catalog::Type* type = world.catalog.find_type(op.type.value);
  const QualifiedName name = type != nullptr ? type->name : world.catalog.resolve(op.type.value);
  gather.lock(name, LockMode::access_exclusive, RelationSort::composite_type);
  if (type == nullptr) return gather.uncertain();
  const bool retypes = op.action == ir::op::AttributeAction::alter_type;
  if (retypes && !world.tables_of_type(name, true).empty()) return gather.fail("0A000", "a column uses the type");
  for (const auto& [table_name, table] : world.catalog.relations()) {
    if (table->of_type != name) continue;
    if (!op.cascade) return gather.fail("2BP01", "typed table " + display_name(table_name) + " depends on it");
    gather.lock(table_name, LockMode::access_exclusive);
    if (!retypes) continue;
    const catalog::Column* column = table->find_column(op.attribute.name.value);
    const TypeChange change = column != nullptr
                                  ? type_change(column->type, op.attribute.type.value, world.catalog, world.settings)
                                  : TypeChange::unknown;
    if (change != TypeChange::free)
      rewrite_table(gather, world, *table, Cause::type_change, change == TypeChange::unknown ? Tri::unknown : Tri::yes);
  }
}

}  // namespace whimbrel::facts
