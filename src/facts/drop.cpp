// DROP: what depends on the object hinders it, or with CASCADE goes with it, locked.
//
// Facts: manual, "Dependency Tracking"; rows drop_table.*, obj.drop_*, type.drop_*, domain.drop*, sequence.drop*;
// surprises.md 18.
#include <algorithm>

#include "expressions.h"
#include "operations.h"
#include "types.h"
#include "version_facts.h"

namespace whimbrel::facts {
namespace {

using catalog::RelationKind;
using ir::ConstraintKind;
using Names = std::set<QualifiedName>;

void drop_views(Gather& gather, const World& world, const QualifiedName& relation, bool cascade,
                const Names& together) {
  for (const catalog::Relation* view : world.views_over(relation)) {
    if (together.contains(view->name)) continue;
    if (!cascade) gather.fail("2BP01", "view " + display_name(view->name) + " depends on it");
    gather.lock(view->name, LockMode::access_exclusive, sort_of(*view));
  }
}

void drop_keys(Gather& gather, const World& world, const catalog::Relation& table, bool cascade,
               const Names& together) {
  for (const Referrer& referrer : world.referrers(table.name)) {
    if (referrer.table->name == table.name || together.contains(referrer.table->name)) continue;
    if (!cascade)
      gather.fail("2BP01",
                  "foreign key " + referrer.key->name + " of " + display_name(referrer.table->name) + " depends on it");
    gather.lock(referrer.table->name, LockMode::access_exclusive);
  }
  for (const catalog::Constraint& key : table.constraints) {
    if (key.kind == ConstraintKind::foreign_key)
      lock_referenced(gather, world, key.references, LockMode::access_exclusive);
  }
}

/// heap_drop_with_catalog: the parent's picture of its partitions changes, and the default partition's bound.
void unlink_partition(Gather& gather, const World& world, const catalog::Relation& partition) {
  if (!partition.is_partition) return;
  for (const QualifiedName& parent_name : partition.parents) {
    gather.lock(parent_name, LockMode::access_exclusive);
    const catalog::Relation* parent = world.catalog.find_relation(parent_name);
    const catalog::Relation* other = parent != nullptr ? world.default_partition(*parent) : nullptr;
    if (other != nullptr && other->name != partition.name) gather.lock(other->name, LockMode::access_exclusive);
  }
}

void drop_one(Gather& gather, const World& world, const catalog::Relation& relation, bool cascade,
              const Names& together) {
  gather.lock(relation.name, LockMode::access_exclusive, sort_of(relation));
  if (!relation.exact) gather.uncertain();
  drop_views(gather, world, relation.name, cascade, together);
  drop_keys(gather, world, relation, cascade, together);
  for (const catalog::Sequence* sequence : world.owned_sequences(relation))
    gather.lock(sequence->name, LockMode::access_exclusive, RelationSort::sequence);
}

/// Tables that have a column, default or index made with it: with CASCADE they are locked, else they hinder.
template <class Uses>
void drop_uses(Gather& gather, const World& world, bool cascade, const Names& together, Uses uses) {
  for (const auto& [name, relation] : world.catalog.relations()) {
    if (together.contains(name) || !uses(*relation)) continue;
    if (!cascade) gather.fail("2BP01", display_name(name) + " depends on it");
    gather.lock(name, LockMode::access_exclusive, sort_of(*relation));
  }
}

bool calls(const catalog::ExprPtr& expr, const QualifiedName& function, const catalog::Catalog& catalog) {
  bool found = false;
  if (!expr) return found;
  ir::for_each_node(*expr, [&](const ir::Expr& node) {
    if (node.kind != ir::ExprKind::call || node.name.name != function.name) return;
    const auto functions = catalog.find_functions(node.name);
    found = found ||
            std::ranges::any_of(functions, [&function](const catalog::Function* one) { return one->name == function; });
  });
  return found;
}

bool is_of(const QualifiedName& written, const QualifiedName& function, const catalog::Catalog& catalog) {
  return std::ranges::any_of(catalog.find_functions(written),
                             [&function](const catalog::Function* one) { return one->name == function; });
}

/// Triggers, views, defaults, generated columns, CHECKs and indexes that call the function.
bool uses_function(const catalog::Relation& relation, const QualifiedName& function, const World& world) {
  const catalog::Catalog& catalog = world.catalog;
  if (std::ranges::binary_search(relation.calls, function)) return true;
  for (const catalog::Attached& attached : relation.attached) {
    if (is_of(attached.function, function, catalog)) return true;
  }
  for (const catalog::Column& column : relation.columns) {
    if (calls(column.default_value, function, catalog) || calls(column.generation, function, catalog)) return true;
  }
  for (const catalog::Constraint& constraint : relation.constraints) {
    if (calls(constraint.expr, function, catalog)) return true;
  }
  for (const catalog::Index* index : world.indexes(relation)) {
    if (calls(index->predicate, function, catalog)) return true;
    for (const catalog::IndexColumn& column : index->columns) {
      if (calls(column.expr, function, catalog)) return true;
    }
  }
  return false;
}

/// Types that well-known extensions bring: dropping one drops the columns of its types.
struct ExtensionType {
  std::string_view extension;
  std::string_view type;
};
constexpr ExtensionType kExtensionTypes[] = {{"citext", "citext"},     {"cube", "cube"},       {"hstore", "hstore"},
                                             {"isn", "isbn"},          {"ltree", "ltree"},     {"postgis", "geometry"},
                                             {"postgis", "geography"}, {"seg", "seg"},         {"vector", "vector"},
                                             {"vector", "halfvec"},    {"vector", "sparsevec"}};

}  // namespace

void drop_relation(Gather& gather, const World& world, const catalog::Relation& relation, bool cascade,
                   const std::set<QualifiedName>& together) {
  Names all = together;
  all.insert(relation.name);
  const std::vector<QualifiedName> children = world.children(relation);
  const bool partitioned = relation.kind == RelationKind::partitioned_table;
  if (partitioned) all.insert(children.begin(), children.end());
  drop_one(gather, world, relation, cascade, all);
  unlink_partition(gather, world, relation);
  for (const QualifiedName& name : children) {
    const catalog::Relation* child = world.catalog.find_relation(name);
    if (child == nullptr || (!partitioned && all.contains(name))) continue;
    if (!partitioned && !cascade) gather.fail("2BP01", "child table " + display_name(name) + " depends on it");
    drop_one(gather, world, *child, cascade, all);
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::DropTable& op) {
  const Target target = batch.world.target(op.table);
  if (batch.world.is_missing(target, op.if_exists)) return gather.uncertain();
  if (target.object == nullptr) return lock_tree(gather, batch.world, target, LockMode::access_exclusive);
  const bool view = target.is(RelationKind::view) || target.is(RelationKind::materialized_view);
  if (view && !target.object->presumed) gather.fail("42809", display_name(target.name) + " is not a table");
  drop_relation(gather, batch.world, *target.object, op.cascade, batch.together);
}

void work(const Batch& batch, Gather& gather, const ir::op::DropView& op) {
  const Target target = batch.world.target(op.view);
  if (batch.world.is_missing(target, op.if_exists)) return gather.uncertain();
  if (target.object == nullptr) {
    gather.uncertain();
    return gather.lock(target.name, LockMode::access_exclusive,
                       op.materialized ? RelationSort::materialized_view : RelationSort::view);
  }
  const RelationKind wanted = op.materialized ? RelationKind::materialized_view : RelationKind::view;
  if (target.object->kind != wanted && !target.object->presumed)
    gather.fail("42809", display_name(target.name) + " is of another kind");
  drop_relation(gather, batch.world, *target.object, op.cascade, batch.together);
}

void work(const Batch& batch, Gather& gather, const ir::op::DropSequence& op) {
  const World& world = batch.world;
  const catalog::Sequence* sequence = world.catalog.find_sequence(op.sequence.value);
  if (sequence == nullptr && op.if_exists) return gather.uncertain();
  const QualifiedName name = sequence != nullptr ? sequence->name : world.catalog.resolve(op.sequence.value);
  gather.lock(name, LockMode::access_exclusive, RelationSort::sequence);
  if (sequence == nullptr) return gather.uncertain();
  drop_uses(gather, world, op.cascade, batch.together, [&](const catalog::Relation& relation) {
    return std::ranges::any_of(relation.columns, [&](const catalog::Column& column) {
      const bool owned = sequence->owner_table == relation.name && sequence->owner_column == column.name;
      if (owned && column.identity != ir::Identity::none) return true;
      if (!column.default_value) return false;
      const std::set<std::string> targets = nextval_targets(*column.default_value);
      return std::ranges::any_of(targets, [&](const std::string& text) {
        const catalog::Sequence* used = world.catalog.find_sequence(parse_name(text));
        return used != nullptr && used->name == name;
      });
    });
  });
}

void work(const Batch& batch, Gather& gather, const ir::op::DropType& op) {
  const World& world = batch.world;
  const catalog::Type* type = world.catalog.find_type(op.type.value);
  if (type == nullptr) return op.if_exists ? void() : gather.uncertain();
  if (!type->domain && type->form == ir::op::TypeForm::composite)
    gather.lock(type->name, LockMode::access_exclusive, RelationSort::composite_type);
  const std::vector<const catalog::Relation*> users = world.tables_of_type(type->name, true);
  drop_uses(gather, world, op.cascade, batch.together, [&](const catalog::Relation& relation) {
    return std::ranges::find(users, &relation) != users.end() || relation.of_type == type->name;
  });
}

void work(const Batch& batch, Gather& gather, const ir::op::DropSchema& op) {
  const World& world = batch.world;
  Names inside = batch.together;
  for (const auto& [name, relation] : world.catalog.relations()) {
    if (name.schema == op.schema.value) inside.insert(name);
  }
  for (const auto& [name, relation] : world.catalog.relations()) {
    if (name.schema != op.schema.value) continue;
    if (!op.cascade && !relation->presumed) gather.fail("2BP01", display_name(name) + " is in the schema");
    drop_relation(gather, world, *relation, op.cascade, inside);
  }
  for (const auto& [name, type] : world.catalog.types()) {
    if (name.schema != op.schema.value) continue;
    if (!op.cascade) gather.fail("2BP01", "type " + display_name(name) + " is in the schema");
    for (const catalog::Relation* user : world.tables_of_type(name, true)) {
      if (!inside.contains(user->name)) gather.lock(user->name, LockMode::access_exclusive, sort_of(*user));
    }
  }
  for (const auto& [name, sequence] : world.catalog.sequences()) {
    if (name.schema != op.schema.value) continue;
    if (!op.cascade) gather.fail("2BP01", "sequence " + display_name(name) + " is in the schema");
    gather.lock(name, LockMode::access_exclusive, RelationSort::sequence);
  }
  for (const auto& [name, function] : world.catalog.functions()) {
    if (name.schema == op.schema.value && !op.cascade)
      gather.fail("2BP01", "function " + display_name(name) + " is in the schema");
  }
}

void work(const Batch& batch, Gather& gather, const ir::op::DropExtension& op) {
  for (const ExtensionType& brought : kExtensionTypes) {
    if (brought.extension != op.extension.value) continue;
    drop_uses(gather, batch.world, op.cascade, batch.together, [&brought](const catalog::Relation& relation) {
      return std::ranges::any_of(
          relation.columns, [&brought](const catalog::Column& column) { return column.type.name == brought.type; });
    });
  }
}

/// Whoever uses a function of that name hinders, or goes with it: more.view_on_function. With several overloads it may
/// be another one that is used.
void work(const Batch& batch, Gather& gather, const ir::op::DropFunction& op) {
  const World& world = batch.world;
  std::set<QualifiedName> names;
  const std::vector<const catalog::Function*> functions = world.catalog.find_functions(op.function.value);
  for (const catalog::Function* function : functions) names.insert(function->name);
  Gather uses;
  for (const QualifiedName& name : names) {
    drop_uses(uses, world, op.cascade, batch.together,
              [&](const catalog::Relation& relation) { return uses_function(relation, name, world); });
  }
  Effects effects = std::move(uses).finish();
  if (functions.size() > 1 && (!effects.error.empty() || !effects.locks.empty())) {
    gather.uncertain();
    if (!effects.error.empty()) gather.may_fail(effects.error, effects.error_reason);
    effects.error.clear();
  }
  gather.merge(effects);
}

void work(const Batch& batch, Gather& gather, const ir::op::DropObject& op) {
  using ir::ObjectKind;
  const ObjectKind kind = op.kind;
  if (kind == ObjectKind::database || kind == ObjectKind::tablespace || kind == ObjectKind::subscription)
    gather.forbid_transaction();
  if (kind != ObjectKind::statistics || !holds(Fact::statistics_drop_locks_table, batch.version())) return;
  const catalog::Relation* table = catalog::table_of_statistics(batch.world.catalog, op.object.value);
  if (table == nullptr) return gather.uncertain();
  gather.lock(table->name, LockMode::share_update_exclusive, sort_of(*table));
}

}  // namespace whimbrel::facts
