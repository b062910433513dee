// The catalog's look-ups: names along search_path, and who points at whom.
#include "whimbrel/catalog/catalog.h"

#include <algorithm>
#include <utility>

namespace whimbrel::catalog {

namespace {

constexpr std::string_view kTemporary = "pg_temp";
constexpr std::string_view kSystem = "pg_catalog";

/// Looks `name` up: temporary objects first, then along the path (manual, "The Schema Search Path").
template <class Map>
auto find_along(const Map& objects, const QualifiedName& name, const std::vector<std::string>& path) {
  if (!name.schema.empty()) return objects.find(name);
  QualifiedName candidate{std::string(kTemporary), name.name};
  auto found = objects.find(candidate);
  for (auto schema = path.begin(); found == objects.end() && schema != path.end(); ++schema) {
    candidate.schema = *schema;
    found = objects.find(candidate);
  }
  return found;
}

template <class Map>
auto pointer(const Map& objects, const QualifiedName& name, const std::vector<std::string>& path) {
  const auto found = find_along(objects, name, path);
  return found == objects.end() ? nullptr : found->second.get();
}

/// Whether two versions of a relation mean the same for the reverse look-ups.
bool counts_alike(const Relation& one, const Relation& other) {
  const auto same_constraint = [](const Constraint& left, const Constraint& right) {
    return left.kind == right.kind && left.name == right.name && left.references == right.references;
  };
  return one.reads == other.reads && std::ranges::equal(one.constraints, other.constraints, same_constraint) &&
         std::ranges::equal(one.columns, other.columns, {}, &Column::not_null_name, &Column::not_null_name);
}

template <class Objects>
auto* find_named(Objects& objects, std::string_view name) {
  const auto found =
      std::ranges::find(objects, name, [](const auto& object) -> std::string_view { return object.name; });
  return found == objects.end() ? nullptr : &*found;
}

}  // namespace

const Column* Relation::find_column(std::string_view column) const { return find_named(columns, column); }
Column* Relation::find_column(std::string_view column) { return find_named(columns, column); }
const Constraint* Relation::find_constraint(std::string_view constraint) const {
  return find_named(constraints, constraint);
}
Constraint* Relation::find_constraint(std::string_view constraint) { return find_named(constraints, constraint); }

const Constraint* Relation::primary_key() const {
  const auto found = std::ranges::find(constraints, ir::ConstraintKind::primary_key, &Constraint::kind);
  return found == constraints.end() ? nullptr : &*found;
}

Catalog::Catalog(std::string default_schema, bool names_not_nulls)
    : default_schema_(std::move(default_schema)), names_not_nulls_(names_not_nulls) {
  if (default_schema_.empty()) default_schema_ = "public";
  schemas_ = {default_schema_, "public"};
  reset_search_path();
  journal_.clear();
}

const Relation* Catalog::find_relation(const QualifiedName& name) const {
  return pointer(relations_, name, search_path_);
}
const Index* Catalog::find_index(const QualifiedName& name) const { return pointer(indexes_, name, search_path_); }
const Sequence* Catalog::find_sequence(const QualifiedName& name) const {
  return pointer(sequences_, name, search_path_);
}
const Type* Catalog::find_type(const QualifiedName& name) const { return pointer(types_, name, search_path_); }

std::vector<const Function*> Catalog::find_functions(const QualifiedName& name) const {
  std::vector<const Function*> result;
  const auto collect = [&](const QualifiedName& full) {
    const auto [begin, end] = functions_.equal_range(full);
    for (auto at = begin; at != end; ++at) result.push_back(at->second.get());
  };
  if (!name.schema.empty()) {
    collect(name);
  } else {  // functions are never looked for in pg_temp; overloads of all schemas on the path compete
    for (const std::string& schema : search_path_) collect({schema, name.name});
  }
  return result;
}

bool Catalog::has_schema(std::string_view schema) const {
  return schemas_.contains(schema) || schema == kSystem || schema == kTemporary || schema == "information_schema" ||
         schema == "pg_toast";
}

bool Catalog::has_extension(std::string_view extension) const { return extensions_.contains(extension); }

QualifiedName Catalog::resolve(const QualifiedName& name) const {
  if (!name.schema.empty()) return name;
  const auto in = [&](std::string_view schema) {
    const QualifiedName full{std::string(schema), name.name};
    return relations_.contains(full) || indexes_.contains(full) || sequences_.contains(full);
  };
  if (in(kTemporary)) return {std::string(kTemporary), name.name};
  for (const std::string& schema : search_path_) {
    if (in(schema)) return {schema, name.name};
  }
  // The server's own relations: no history makes them, and their names are known by the prefix.
  if (name.name.starts_with("pg_")) return {std::string(kSystem), name.name};
  return resolve_new(name);
}

QualifiedName Catalog::resolve_new(const QualifiedName& name, ir::Persistence persistence) const {
  if (persistence == ir::Persistence::temporary) return {std::string(kTemporary), name.name};
  if (!name.schema.empty()) return name;
  return {search_path_.empty() ? default_schema_ : search_path_.front(), name.name};
}

bool Catalog::name_is_taken(const QualifiedName& resolved) const {
  if (relations_.contains(resolved) || indexes_.contains(resolved) || sequences_.contains(resolved)) return true;
  const auto type = types_.find(resolved);
  return type != types_.end() && !type->second->domain && type->second->form == ir::op::TypeForm::composite;
}

bool Catalog::constraint_exists(const std::string& schema, const std::string& constraint) const {
  const auto uses = [&](const Relation& relation) {
    return static_cast<std::size_t>(std::ranges::count(relation.constraints, constraint, &Constraint::name));
  };
  const auto counted = constraint_names_.find(NameHash::of(schema, constraint));
  std::size_t count = counted == constraint_names_.end() ? 0 : counted->second;
  for (const auto& [name, entry] : own_relations_) {
    if (name.schema != schema) continue;
    if (const auto now = relations_.find(name); now != relations_.end() && uses(*now->second) != 0) return true;
    if (const auto before = settled_.find(name); before != settled_.end()) count -= uses(*before->second);
  }
  if (count != 0) return true;
  for (auto at = types_.lower_bound({schema, ""}); at != types_.end() && at->first.schema == schema; ++at) {
    if (find_named(at->second->constraints, constraint) != nullptr) return true;
  }
  return false;
}

template <class Points>
std::vector<QualifiedName> Catalog::pointing_at(const QualifiedName& table,
                                                const LookedUp<Counts>& settled,
                                                const Points& points) const {
  std::vector<QualifiedName> result;
  if (const auto found = settled.find(table); found != settled.end()) {
    for (const auto& [name, count] : found->second) {
      if (!own_relations_.contains(name)) result.push_back(name);
    }
  }
  for (const auto& [name, entry] : own_relations_) {
    const auto now = relations_.find(name);
    if (now != relations_.end() && points(*now->second)) result.push_back(name);
  }
  std::ranges::sort(result);
  return result;
}

std::vector<QualifiedName> Catalog::referencing(const QualifiedName& table) const {
  return pointing_at(table, referencing_, [&](const Relation& relation) {
    return std::ranges::any_of(relation.constraints, [&](const Constraint& constraint) {
      return constraint.kind == ir::ConstraintKind::foreign_key && constraint.references == table;
    });
  });
}

std::vector<QualifiedName> Catalog::dependent_views(const QualifiedName& table) const {
  return pointing_at(table, readers_, [&](const Relation& relation) {
    return std::ranges::find(relation.reads, table) != relation.reads.end();
  });
}

void Catalog::settle() {
  for (const auto& [name, entry] : own_relations_) settle_relation(name);
  own_relations_.clear();
  own_indexes_.clear();
  own_sequences_.clear();
  own_types_.clear();
}

void Catalog::settle_relation(const QualifiedName& name) {
  const auto before = settled_.find(name);
  const auto now = relations_.find(name);
  if (before != settled_.end() && now != relations_.end() && counts_alike(*before->second, *now->second)) {
    before->second = now->second;
    return;
  }
  if (before != settled_.end()) {
    count_relation(*before->second, false);
    settled_.erase(before);
  }
  if (now != relations_.end()) {
    count_relation(*now->second, true);
    settled_.insert_or_assign(name, now->second);
  }
}

void Catalog::count_relation(const Relation& relation, bool add) {
  const auto count = [&](auto& counts, const auto& key) {
    const auto at = counts.try_emplace(key, 0).first;
    at->second += add ? 1U : static_cast<std::size_t>(-1);
    if (at->second == 0) counts.erase(at);
  };
  const auto point = [&](LookedUp<Counts>& map, const QualifiedName& target) {
    const auto at = map.try_emplace(target).first;
    count(at->second, relation.name);
    if (at->second.empty()) map.erase(at);
  };
  for (const Constraint& constraint : relation.constraints) {
    count(constraint_names_, NameHash::of(relation.name.schema, constraint.name));
    if (constraint.kind == ir::ConstraintKind::foreign_key) point(referencing_, constraint.references);
  }
  for (const Column& column : relation.columns) {
    if (!column.not_null_name.empty()) count(constraint_names_, NameHash::of(relation.name.schema, column.not_null_name));
  }
  for (const QualifiedName& read : relation.reads) point(readers_, read);
}

}  // namespace whimbrel::catalog
