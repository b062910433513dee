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

template <class Objects>
auto place_of(const Objects& objects, std::string_view name) {
  return std::ranges::find(objects, name, [](const auto& object) -> std::string_view { return object.name; });
}

template <class Objects>
auto* find_named(const Objects& objects, std::string_view name) {
  const auto found = place_of(objects, name);
  return found == objects.end() ? nullptr : &*found;
}

template <class Objects>
auto* edit_named(Objects& objects, std::string_view name) {
  const auto found = place_of(objects, name);
  return found == objects.end() ? nullptr : &objects.edit(found);
}

}  // namespace

const Column* Relation::find_column(std::string_view column) const { return find_named(columns, column); }
Column* Relation::edit_column(std::string_view column) { return edit_named(columns, column); }
const Constraint* Relation::find_constraint(std::string_view constraint) const {
  return find_named(constraints, constraint);
}
Constraint* Relation::edit_constraint(std::string_view constraint) { return edit_named(constraints, constraint); }

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
  const auto uses = [&](const auto& object) {
    return static_cast<std::size_t>(std::ranges::count(object.constraints, constraint, &Constraint::name));
  };
  const auto counted = constraint_names_.find(NameHash::of(schema, constraint));
  std::size_t count = counted == constraint_names_.end() ? 0 : counted->second;
  // Objects that were changed since are looked at one by one, in place of what they were.
  const auto used_now = [&](const Own& own, const auto& objects, const auto& settled) {
    for (const auto& [name, entry] : own) {
      if (name.schema != schema) continue;
      if (const auto now = objects.find(name); now != objects.end() && uses(*now->second) != 0) return true;
      if (const auto before = settled.find(name); before != settled.end()) count -= uses(*before->second);
    }
    return false;
  };
  return used_now(own_relations_, relations_, settled_) || used_now(own_types_, types_, settled_types_) || count != 0;
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

std::vector<const Sequence*> Catalog::owned_sequences(const QualifiedName& table) const {
  std::vector<const Sequence*> result;
  const auto add = [&](const QualifiedName& name) {
    const auto now = sequences_.find(name);
    if (now != sequences_.end() && now->second->owner_table == table) result.push_back(now->second.get());
  };
  if (const auto found = owned_.find(table); found != owned_.end()) {
    for (const auto& [name, count] : found->second) {
      if (!own_sequences_.contains(name)) add(name);
    }
  }
  for (const auto& [name, entry] : own_sequences_) add(name);
  std::ranges::sort(result, {}, &Sequence::name);
  return result;
}

void Catalog::settle() {
  for (const auto& [name, entry] : own_relations_) settle_relation(name);
  for (const auto& [name, entry] : own_sequences_) settle_sequence(name);
  for (const auto& [name, entry] : own_types_) settle_type(name);
  own_relations_.clear();
  own_indexes_.clear();
  own_sequences_.clear();
  own_types_.clear();
}

void Catalog::count(std::unordered_map<std::uint64_t, std::size_t>& counts, std::uint64_t key, bool add) {
  const auto at = counts.try_emplace(key, 0).first;
  at->second += add ? 1U : static_cast<std::size_t>(-1);
  if (at->second == 0) counts.erase(at);
}

void Catalog::point(LookedUp<Counts>& map, const QualifiedName& target, const QualifiedName& from, bool add) {
  const auto at = map.try_emplace(target).first;
  const auto own = at->second.try_emplace(from, 0).first;
  own->second += add ? 1U : static_cast<std::size_t>(-1);
  if (own->second == 0) at->second.erase(own);
  if (at->second.empty()) map.erase(at);
}

void Catalog::settle_relation(const QualifiedName& name) {
  const auto settled = settled_.find(name);
  const auto found = relations_.find(name);
  static const Relation kNone;
  const std::shared_ptr<const Relation> before = settled == settled_.end() ? nullptr : settled->second;
  const Relation& old = before ? *before : kNone;
  const Relation& now = found == relations_.end() ? kNone : *found->second;
  const auto count_constraint = [&](const Constraint& constraint, bool add) {
    count(constraint_names_, NameHash::of(name.schema, constraint.name), add);
    if (constraint.kind == ir::ConstraintKind::foreign_key) point(referencing_, constraint.references, name, add);
  };
  const auto count_column = [&](const Column& column, bool add) {
    if (!column.not_null_name.empty()) count(constraint_names_, NameHash::of(name.schema, column.not_null_name), add);
  };
  List<Constraint>::for_each_difference(
      old.constraints, now.constraints, [&](const Constraint& constraint) { count_constraint(constraint, false); },
      [&](const Constraint& constraint) { count_constraint(constraint, true); });
  if (names_not_nulls_) {
    List<Column>::for_each_difference(
        old.columns, now.columns, [&](const Column& column) { count_column(column, false); },
        [&](const Column& column) { count_column(column, true); });
  }
  if (old.reads != now.reads) {
    for (const QualifiedName& read : now.reads) point(readers_, read, name, true);
    for (const QualifiedName& read : old.reads) point(readers_, read, name, false);
  }
  if (found == relations_.end()) {
    if (before) settled_.erase(name);
  } else if (before) {
    settled->second = found->second;
  } else {
    settled_.emplace(name, found->second);
  }
}

void Catalog::settle_sequence(const QualifiedName& name) {
  const auto now = sequences_.find(name);
  const QualifiedName owner = now == sequences_.end() ? QualifiedName{} : now->second->owner_table;
  const auto settled = owners_.find(name);
  if (settled != owners_.end()) {
    if (settled->second == owner) return;
    point(owned_, settled->second, name, false);
    owners_.erase(settled);
  }
  if (owner.empty()) return;
  point(owned_, owner, name, true);
  owners_.emplace(name, owner);
}

void Catalog::settle_type(const QualifiedName& name) {
  const auto settled = settled_types_.find(name);
  const auto now = types_.find(name);
  const bool counts = now != types_.end() && !now->second->constraints.empty();
  if (settled == settled_types_.end() && !counts) return;
  const auto count_all = [&](const Type& type, bool add) {
    for (const Constraint& constraint : type.constraints) count(constraint_names_, NameHash::of(name.schema, constraint.name), add);
  };
  if (settled != settled_types_.end()) {
    count_all(*settled->second, false);
    settled_types_.erase(settled);
  }
  if (!counts) return;
  count_all(*now->second, true);
  settled_types_.emplace(name, now->second);
}

}  // namespace whimbrel::catalog
