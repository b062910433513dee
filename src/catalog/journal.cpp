// The catalog's changes, and the journal that takes them back.
#include <algorithm>
#include <iterator>
#include <utility>

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

namespace {

constexpr std::string_view kTemporarySchema = "pg_temp";

}  // namespace

template <class T>
T& Catalog::edit(Objects<T>& objects, Own& own, const QualifiedName& name) {
  if (name.schema == kTemporarySchema) has_temporary_ = true;
  const auto place = objects.try_emplace(name).first;
  std::shared_ptr<const T>& object = place->second;
  const auto mine = own.find(name);
  const bool in_place = mine != own.end() && mine->second >= sealed_ && object && object.use_count() == 1;
  if (!in_place) {
    auto copy = object ? std::make_shared<T>(*object) : std::make_shared<T>();
    copy->name = name;
    // Journalled once for each moment; a second copy (a reader holds the first) needs no second entry.
    if (mine == own.end() || mine->second < sealed_) {
      own.insert_or_assign(name, forgotten_ + journal_.size());
      journal_.emplace_back(ObjectWas<T>{name, object});
    }
    object = std::move(copy);
  }
  // The object was made by make_shared<T> above, and nobody else holds it.
  return const_cast<T&>(*object);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

template <class T>
void Catalog::erase(Objects<T>& objects, Own& own, const QualifiedName& name) {
  const auto found = objects.find(name);
  if (found == objects.end()) return;
  numbers_tried_.clear();
  const auto mine = own.find(name);
  if (mine == own.end() || mine->second < sealed_) {
    own.insert_or_assign(name, forgotten_ + journal_.size());
    journal_.emplace_back(ObjectWas<T>{name, found->second});
  }
  objects.erase(found);
}

Relation& Catalog::edit_relation(const QualifiedName& resolved) { return edit(relations_, own_relations_, resolved); }
Index& Catalog::edit_index(const QualifiedName& resolved) { return edit(indexes_, own_indexes_, resolved); }
Sequence& Catalog::edit_sequence(const QualifiedName& resolved) { return edit(sequences_, own_sequences_, resolved); }
Type& Catalog::edit_type(const QualifiedName& resolved) { return edit(types_, own_types_, resolved); }
void Catalog::erase_relation(const QualifiedName& resolved) { erase(relations_, own_relations_, resolved); }
void Catalog::erase_index(const QualifiedName& resolved) { erase(indexes_, own_indexes_, resolved); }
void Catalog::erase_sequence(const QualifiedName& resolved) { erase(sequences_, own_sequences_, resolved); }
void Catalog::erase_type(const QualifiedName& resolved) { erase(types_, own_types_, resolved); }

void Catalog::remember_functions(const QualifiedName& name) {
  FunctionsWere were{name, {}};
  const auto [begin, end] = functions_.equal_range(name);
  for (auto at = begin; at != end; ++at) were.functions.push_back(at->second);
  journal_.emplace_back(std::move(were));
}

void Catalog::add_function(Function function) {
  const QualifiedName name = function.name;
  if (name.schema == kTemporarySchema) has_temporary_ = true;
  remember_functions(name);
  const auto [begin, end] = functions_.equal_range(name);
  const auto same =
      std::find_if(begin, end, [&](const auto& entry) { return entry.second->arguments == function.arguments; });
  auto added = std::make_shared<const Function>(std::move(function));
  if (same != end) {
    same->second = std::move(added);
  } else {
    functions_.emplace(name, std::move(added));
  }
}

void Catalog::erase_functions(const QualifiedName& resolved, const std::vector<ir::TypeName>* arguments) {
  if (!functions_.contains(resolved)) return;
  remember_functions(resolved);
  const auto [begin, end] = functions_.equal_range(resolved);
  for (auto at = begin; at != end;) {
    at = arguments == nullptr || at->second->arguments == *arguments ? functions_.erase(at) : std::next(at);
  }
}

void Catalog::add_name(NameSet Catalog::* names, std::string name) {
  journal_.emplace_back(NameWas{names, name, (this->*names).contains(name)});
  (this->*names).insert(std::move(name));
}

void Catalog::erase_name(NameSet Catalog::* names, const std::string& name) {
  journal_.emplace_back(NameWas{names, name, (this->*names).contains(name)});
  (this->*names).erase(name);
}

void Catalog::add_schema(std::string schema) { add_name(&Catalog::schemas_, std::move(schema)); }

void Catalog::erase_schema(const std::string& schema) { erase_name(&Catalog::schemas_, schema); }

void Catalog::add_extension(std::string extension) { add_name(&Catalog::extensions_, std::move(extension)); }

void Catalog::erase_extension(const std::string& extension) { erase_name(&Catalog::extensions_, extension); }

void Catalog::add_nondeterministic_collation(std::string collation) { add_name(&Catalog::nondeterministic_collations_, std::move(collation)); }

void Catalog::erase_nondeterministic_collation(const std::string& collation) { erase_name(&Catalog::nondeterministic_collations_, collation); }

void Catalog::remember_path() { journal_.emplace_back(PathWas{search_path_, session_path_}); }

void Catalog::set_search_path(std::vector<std::string> schemas, bool local) {
  remember_path();
  search_path_ = std::move(schemas);
  if (!local) session_path_ = search_path_;
}

void Catalog::reset_search_path(bool local) {
  const bool has_public = default_schema_ != "public";
  const auto is_default = [&](const std::vector<std::string>& path) {
    return path.size() == (has_public ? 2U : 1U) && path[0] == default_schema_ && (!has_public || path[1] == "public");
  };
  if (is_default(search_path_) && (local || is_default(session_path_))) return;
  std::vector<std::string> path{default_schema_};
  if (has_public) path.emplace_back("public");
  set_search_path(std::move(path), local);
}

void Catalog::mark_incomplete() {
  if (!complete_) return;
  journal_.emplace_back(CompleteWas{complete_});
  complete_ = false;
}

void Catalog::end_transaction() {
  if (search_path_ == session_path_) return;
  remember_path();
  search_path_ = session_path_;
}

void Catalog::end_session() {
  if (has_temporary_) erase_temporary();
  has_temporary_ = false;
  reset_search_path();
}

void Catalog::erase_temporary() {
  const auto temporary = [](const QualifiedName& name) { return name.schema == kTemporarySchema; };
  for (auto at = relations_.lower_bound({"pg_temp", ""}); at != relations_.end() && temporary(at->first); ++at) {
    for (const QualifiedName& parent : at->second->parents) {
      if (!temporary(parent) && relations_.contains(parent)) edit_relation(parent).children.erase(at->first);
    }
  }
  for (auto at = functions_.lower_bound({"pg_temp", ""}); at != functions_.end() && temporary(at->first);) {
    const QualifiedName name = at->first;
    at = functions_.upper_bound(name);
    erase_functions(name);
  }
  const auto erase_all = [&](auto& objects, auto& own) {
    for (auto at = objects.lower_bound({"pg_temp", ""}); at != objects.end() && temporary(at->first);) {
      const QualifiedName name = (at++)->first;
      erase(objects, own, name);
    }
  };
  erase_all(relations_, own_relations_);
  erase_all(indexes_, own_indexes_);
  erase_all(sequences_, own_sequences_);
  erase_all(types_, own_types_);
}

void Catalog::undo(Entry entry) {
  numbers_tried_.clear();
  const auto restore = [](auto& objects, auto& own, auto& was) {
    own.try_emplace(was.name, 0);  // known to be changed, and never in place
    if (was.object) {
      objects.insert_or_assign(was.name, std::move(was.object));
    } else {
      objects.erase(was.name);
    }
  };
  const auto restore_name = [](NameSet& names, const auto& was) {
    if (was.present) {
      names.insert(was.name);
    } else {
      names.erase(was.name);
    }
  };
  std::visit(ir::Overloaded{
                 [&](ObjectWas<Relation>& was) { restore(relations_, own_relations_, was); },
                 [&](ObjectWas<Index>& was) { restore(indexes_, own_indexes_, was); },
                 [&](ObjectWas<Sequence>& was) { restore(sequences_, own_sequences_, was); },
                 [&](ObjectWas<Type>& was) { restore(types_, own_types_, was); },
                 [&](FunctionsWere& were) {
                   functions_.erase(were.name);
                   for (auto& function : were.functions) functions_.emplace(were.name, std::move(function));
                 },
                 [&](const NameWas& was) { restore_name(this->*was.names, was); },
                 [&](PathWas& was) {
                   search_path_ = std::move(was.path);
                   session_path_ = std::move(was.session_path);
                 },
                 [&](const CompleteWas& was) { complete_ = was.complete; },
             },
             entry);
}

void Catalog::rollback_to(Moment moment) {
  while (!journal_.empty() && forgotten_ + journal_.size() > moment) {
    Entry entry = std::move(journal_.back());
    journal_.pop_back();
    undo(std::move(entry));
  }
  sealed_ = std::min(sealed_, forgotten_ + journal_.size());
  settle();
}

Changes Catalog::changes_since(Moment moment) const {
  Changes changes;
  const std::size_t first = moment > forgotten_ ? moment - forgotten_ : 0;
  for (std::size_t i = first; i < journal_.size(); ++i) {
    const std::size_t entry = forgotten_ + i;
    std::visit(ir::Overloaded{
                   [&](const ObjectWas<Relation>& was) { changes.relations[was.name].push_back({entry, was.object}); },
                   [&](const ObjectWas<Index>& was) { changes.indexes[was.name].push_back({entry, was.object}); },
                   [&](const ObjectWas<Sequence>& was) { changes.sequences[was.name].push_back({entry, was.object}); },
                   [&](const ObjectWas<Type>& was) { changes.types[was.name].push_back({entry, was.object}); },
                   [&](const FunctionsWere& were) { changes.functions[were.name].push_back({entry, were.functions}); },
                   [&](const NameWas& was) {
                     if (was.names == &Catalog::schemas_) changes.schemas[was.name].push_back({entry, was.present});
                     if (was.names == &Catalog::extensions_) changes.extensions[was.name].push_back({entry, was.present});
                   },
                   [](const PathWas&) {},
                   [](const CompleteWas&) {},
               },
               journal_[i]);
  }
  return changes;
}

void Catalog::forget_before(Moment moment) {
  while (!journal_.empty() && forgotten_ < moment) {
    journal_.pop_front();
    ++forgotten_;
  }
}

}  // namespace whimbrel::catalog
