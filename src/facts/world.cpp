// The catalog as facts ask it.
#include "world.h"

#include <algorithm>
#include <set>

#include "expressions.h"
#include "types.h"
#include "whimbrel/base/text.h"

namespace whimbrel::facts {

using catalog::RelationKind;

Target World::target(const QualifiedName& name) const {
  const catalog::Relation* found = catalog.find_relation(name);
  return {found != nullptr ? found->name : catalog.resolve(name), found};
}

bool World::is_missing(const Target& target, bool if_exists) const {
  if (!if_exists || target.object != nullptr) return false;
  return std::ranges::any_of(catalog.relations(), [](const auto& entry) { return entry.second->exact; });
}

bool World::is_system(const QualifiedName& name) {
  return name.schema == "pg_catalog" || name.schema == "information_schema" || name.schema == "pg_toast" ||
         (name.name.starts_with("pg_") && name.schema != "pg_temp");
}

std::vector<QualifiedName> World::with_children(const QualifiedName& name) const {
  std::vector<QualifiedName> found{name};
  std::set<QualifiedName> seen{name};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const catalog::Relation* relation = catalog.find_relation(found[i]);
    if (relation == nullptr) continue;
    for (const QualifiedName& child : relation->children) {
      if (seen.insert(child).second) found.push_back(child);
    }
  }
  return found;
}

std::vector<QualifiedName> World::children(const catalog::Relation& table) const {
  std::vector<QualifiedName> found = with_children(table.name);
  found.erase(found.begin());
  return found;
}

const catalog::Relation* World::default_partition(const catalog::Relation& parent) const {
  for (const QualifiedName& child : parent.children) {
    const catalog::Relation* partition = catalog.find_relation(child);
    if (partition != nullptr && partition->is_partition && partition->bound.is_default) return partition;
  }
  return nullptr;
}

std::vector<const catalog::Index*> World::indexes(const catalog::Relation& table) const {
  std::vector<const catalog::Index*> found;
  for (const QualifiedName& name : table.indexes) {
    if (const catalog::Index* index = catalog.find_index(name)) found.push_back(index);
  }
  return found;
}

std::vector<const catalog::Index*> World::with_attached(const catalog::Index& index) const {
  std::vector<const catalog::Index*> found{&index};
  constexpr std::size_t kMax = 100000;
  for (std::size_t i = 0; i < found.size() && found.size() < kMax; ++i) {
    if (!found[i]->partitioned) continue;
    for (const auto& [name, other] : catalog.indexes()) {
      if (!other->parent.empty() && other->parent == found[i]->name) found.push_back(other.get());
    }
  }
  return found;
}

std::vector<Referrer> World::referrers(const QualifiedName& table) const {
  std::vector<Referrer> found;
  for (const QualifiedName& name : catalog.referencing(table)) {
    const catalog::Relation* relation = catalog.find_relation(name);
    if (relation == nullptr) continue;
    for (const catalog::Constraint& constraint : relation->constraints) {
      if (constraint.kind == ir::ConstraintKind::foreign_key && constraint.references == table)
        found.push_back({relation, &constraint});
    }
  }
  return found;
}

std::vector<const catalog::Relation*> World::views_over(const QualifiedName& relation) const {
  std::vector<const catalog::Relation*> found;
  std::set<QualifiedName> seen{relation};
  std::vector<QualifiedName> queue{relation};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const QualifiedName& name : catalog.dependent_views(QualifiedName(queue[i]))) {
      const catalog::Relation* view = catalog.find_relation(name);
      if (view == nullptr || !seen.insert(view->name).second) continue;
      found.push_back(view);
      queue.push_back(view->name);
    }
  }
  return found;
}

std::vector<const catalog::Sequence*> World::owned_sequences(const catalog::Relation& table,
                                                             std::string_view column) const {
  std::vector<const catalog::Sequence*> found = catalog.owned_sequences(table.name);
  if (!column.empty()) std::erase_if(found, [&](const catalog::Sequence* sequence) { return sequence->owner_column != column; });
  return found;
}

std::vector<const catalog::Relation*> World::tables_of_type(const QualifiedName& type, bool in_containers) const {
  std::vector<const catalog::Relation*> found;
  for (const auto& [name, relation] : catalog.relations()) {
    if (relation->kind == RelationKind::view) continue;
    const bool uses = std::ranges::any_of(relation->columns, [&](const catalog::Column& column) {
      ir::TypeName current = column.type;
      if (current.dimensions != 0) {
        if (!in_containers) return false;
        current.dimensions = 0;
      }
      for (int depth = 0; depth < 32; ++depth) {
        const catalog::Type* user = find_user_type(current, catalog);
        if (user == nullptr) return false;
        if (user->name == type) return true;
        if (!user->domain) return false;
        current = user->base;
      }
      return false;
    });
    if (uses) found.push_back(relation.get());
  }
  return found;
}

bool has_storage(const catalog::Relation& relation) {
  return relation.kind == RelationKind::table || relation.kind == RelationKind::materialized_view;
}

RelationSort sort_of(const catalog::Relation& relation) {
  switch (relation.kind) {
    case RelationKind::view:
      return RelationSort::view;
    case RelationKind::materialized_view:
      return RelationSort::materialized_view;
    case RelationKind::table:
    case RelationKind::partitioned_table:
    case RelationKind::foreign_table:
      return RelationSort::table;
  }
  return RelationSort::table;
}

bool can_reference(ir::Persistence table, ir::Persistence referenced) {
  switch (table) {
    case ir::Persistence::permanent:
      return referenced == ir::Persistence::permanent;
    case ir::Persistence::unlogged:
      return referenced != ir::Persistence::temporary;
    case ir::Persistence::temporary:
      return referenced == ir::Persistence::temporary;
  }
  return true;
}

bool covers_partition_key(const ir::PartitionBy& partition_by, const std::vector<std::string>& columns) {
  return std::ranges::all_of(partition_by.keys, [&columns](const ir::IndexElement& key) {
    return !key.column.empty() && std::ranges::find(columns, key.column) != columns.end();
  });
}

void lock_tree(Gather& gather, const World& world, const Target& target, LockMode mode, bool recurse) {
  if (World::is_system(target.name)) return;
  gather.lock(target.name, mode, target.object != nullptr ? sort_of(*target.object) : RelationSort::table);
  if (target.object == nullptr) gather.uncertain();
  if (!recurse || target.object == nullptr) return;
  for (const QualifiedName& child : world.children(*target.object)) gather.lock(child, mode);
}

void rewrite_table(Gather& gather, const World& world, const catalog::Relation& table, Cause cause, Tri happens) {
  if (!has_storage(table)) return;
  gather.rewrite(table.name, cause, happens);
  gather.scan(table.name, cause, happens);
  for (const catalog::Index* index : world.indexes(table)) gather.build(index->name, table.name, cause, happens);
}

void rewrite_target(Gather& gather, const World& world, const Target& target, Cause cause, Tri happens) {
  if (World::is_system(target.name)) return;
  if (target.object != nullptr) return rewrite_table(gather, world, *target.object, cause, happens);
  gather.rewrite(target.name, cause, happens);
  gather.scan(target.name, cause, happens);
}

void scan_target(Gather& gather, const Target& target, Cause cause, Tri happens) {
  if (target.object != nullptr && !has_storage(*target.object)) return;
  if (!World::is_system(target.name)) gather.scan(target.name, cause, happens);
}

void lock_referenced(Gather& gather, const World& world, const QualifiedName& table, LockMode mode) {
  const Target target = world.target(table);
  lock_tree(gather, world, target, mode, target.is(RelationKind::partitioned_table));
}

namespace {

/// ACCESS SHARE on what a query names; where it runs, views lead to what they read, parents to their children
/// (more.create_view*).
void lock_reads(Gather& gather, const World& world, const std::vector<QualifiedName>& names, LockMode mode, bool runs,
                bool scans, Cause cause) {
  std::set<QualifiedName> seen;
  std::vector<QualifiedName> queue(names.begin(), names.end());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Target target = world.target(queue[i]);
    if (World::is_system(target.name) || !seen.insert(target.name).second) continue;
    lock_tree(gather, world, target, mode, runs);
    if (target.object == nullptr) {
      if (scans) gather.scan(target.name, cause, Tri::unknown);
      continue;
    }
    if (target.object->kind == RelationKind::view && !runs) continue;
    if (target.object->kind == RelationKind::view) {
      queue.insert(queue.end(), target.object->reads.begin(), target.object->reads.end());
      continue;
    }
    if (!scans) continue;
    for (const QualifiedName& part : world.with_children(target.name)) scan_target(gather, world.target(part), cause);
  }
}

std::vector<QualifiedName> values(const std::vector<ir::RelationName>& names) {
  std::vector<QualifiedName> result;
  for (const ir::RelationName& name : names) result.push_back(name.value);
  return result;
}

}  // namespace

void lock_query(Gather& gather, const World& world, const ir::Query& query, bool runs, Cause cause) {
  const LockMode mode = query.for_update ? LockMode::row_share : LockMode::access_share;
  lock_reads(gather, world, values(query.reads), mode, runs, runs && !query.has_where && !query.has_limit, cause);
  for (const ir::RelationName& name : query.writes)
    lock_tree(gather, world, world.target(name), LockMode::row_exclusive, runs);
  if (!runs) return;
  for (const ir::ExprPtr& call : query.calls) lock_sequences(gather, world, call.get(), LockMode::row_exclusive);
}

QualifiedName parse_name(std::string_view text) {
  QualifiedName name;
  std::string part;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        part += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == '.' && !quoted) {
      name.schema = std::move(part);
      part.clear();
    } else {
      part += quoted ? c : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  name.name = std::move(part);
  return name;
}

void lock_sequences(Gather& gather, const World& world, const ir::Expr* expr, LockMode mode) {
  if (expr == nullptr) return;
  for (const std::string& text : nextval_targets(*expr)) {
    const QualifiedName name = parse_name(text);
    const catalog::Sequence* sequence = world.catalog.find_sequence(name);
    gather.lock(sequence != nullptr ? sequence->name : world.catalog.resolve(name), mode, RelationSort::sequence);
  }
}

Tri World::reads_column(const catalog::Relation& view, const QualifiedName& table, std::string_view column, std::uint32_t column_made) {
  const bool shown = std::ranges::find(view.columns, column, &catalog::Column::name) != view.columns.end();
  if (view.read_columns.empty()) return shown ? Tri::yes : Tri::unknown;
  Tri reads = Tri::no;
  for (const ir::ColumnUse& use : view.read_columns) {
    const bool star = use.column == "*";
    if (!star && use.column != column) continue;
    if (star && !shown && !view.columns.empty()) continue;  // a column added later is not in the star
    // A star whose columns are not known: of a column that is younger than the view it cannot be told.
    const bool younger = star && view.columns.empty() && column_made > view.origin.part;
    if (use.relation.empty() || (younger && use.relation == table)) {
      reads = Tri::unknown;
    } else if (use.relation == table) {
      return Tri::yes;
    }
  }
  return reads;
}

}  // namespace whimbrel::facts
