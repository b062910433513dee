// The comparison of two moments: objects first, so that their parts know what is gone anyway.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "whimbrel/catalog/difference.h"

namespace whimbrel::catalog {

class Comparison {
 public:
  Comparison(const Catalog& now, Catalog::Moment moment, const Doubt& doubt)
      : now_(now), changes_(now.changes_since(moment)), doubt_(doubt) {}

  std::vector<Difference> run() &&;

 private:
  using Outcome = Difference::Outcome;
  using Piece = Difference::Piece;
  using Aspect = Difference::Aspect;

  /// One touched object, then and now.
  template <class T>
  struct Pair {
    QualifiedName name;
    std::shared_ptr<const T> before, after;
    const std::vector<Past<T>>* past = nullptr;
  };
  using Relations = Pair<Relation>;
  /// What a state of the object says of one of its parts: where that changes, the part was changed.
  template <class T>
  using Print = std::function<std::string(const T*)>;

  template <class T, class Present>
  std::vector<Pair<T>> touched(const Changes::Of<T>& past, const Present& present) const;
  template <class T>
  void place(Difference& difference, const Pair<T>& pair, const Print<T>& print) const;
  template <class T>
  Difference& add_whole(Outcome outcome, Piece piece, const Pair<T>& pair);
  template <class T, class Same>
  void match_renamed(std::vector<Pair<T>>& gone, std::vector<Pair<T>>& come, Piece piece, const Same& same);

  [[nodiscard]] bool in_doubt(const QualifiedName& name) const { return doubt_.touched.contains(name); }
  [[nodiscard]] bool in_doubt(std::size_t entry) const;
  [[nodiscard]] bool was_perhaps_there(const std::string& name) const { return doubt_.unknown_before.contains(name); }
  [[nodiscard]] bool made_by_up(const Origin& origin) const { return origin.part != 0 && origin.part == doubt_.up_part; }
  [[nodiscard]] bool is_dead(const QualifiedName& object) const;
  [[nodiscard]] bool is_dead(const QualifiedName& table, const std::string& column) const;
  [[nodiscard]] bool has_dead_column(const QualifiedName& table, const Index& index) const;
  [[nodiscard]] bool follows_from_another(const QualifiedName& table, const Constraint& constraint) const;

  /// The history does not know all of it: only what it saw itself is compared.
  static bool is_partial(const Relations& pair) { return !pair.before->exact || !pair.after->exact; }

  void names(Piece piece, const std::map<std::string, std::vector<PastPresence>>& past, const std::set<std::string, std::less<>>& present);
  void relations();
  void types();
  void sequences();
  void functions();
  void indexes();

  // difference_relation.cpp
  void inside(const std::vector<Relations>& kept);
  void columns(const Relations& pair);
  void column(const Relations& pair, const Column& before, const Column& after);
  void constraints(const Relations& pair);
  void attached(const Relations& pair);
  void whole_relation(const Relations& pair);
  Difference& add_part(Outcome outcome, Piece piece, const Relations& pair, std::string part, const Print<Relation>& print);
  void add_aspect(Piece piece, const Relations& pair, const std::string& part, Aspect aspect, std::string before, std::string after,
                  const Print<Relation>& print);

  // difference_type.cpp
  void type(const Pair<Type>& pair);
  void labels(const Pair<Type>& pair);

  const Catalog& now_;
  Changes changes_;
  const Doubt& doubt_;
  std::vector<Difference> found_;
  std::set<QualifiedName> dead_;                                ///< relations and types that are missing, left over or renamed
  std::set<std::string> dead_schemas_;
  std::set<std::pair<QualifiedName, std::string>> dead_columns_;
};

// ---- templates --------------------------------------------------------------------------------------------------------

template <class T, class Present>
std::vector<Comparison::Pair<T>> Comparison::touched(const Changes::Of<T>& past, const Present& present) const {
  std::vector<Pair<T>> result;
  for (const auto& [name, states] : past) {
    if (name.schema == "pg_temp" || dead_schemas_.contains(name.schema) || in_doubt(name)) continue;
    bool doubtful = false;
    for (const Past<T>& state : states) doubtful = doubtful || in_doubt(state.entry);
    if (doubtful) continue;
    const auto now = present.find(name);
    Pair<T> pair{name, states.front().object, now == present.end() ? nullptr : now->second, &states};
    if (pair.before != pair.after) result.push_back(std::move(pair));
  }
  return result;
}

template <class T>
void Comparison::place(Difference& difference, const Pair<T>& pair, const Print<T>& print) const {
  const std::vector<Past<T>>& past = *pair.past;
  difference.first_entry = past.front().entry;
  difference.last_entry = past.back().entry;
  bool found = false;
  std::string was = print(past.front().object.get());
  for (std::size_t i = 0; i < past.size(); ++i) {
    std::string next = print(i + 1 < past.size() ? past[i + 1].object.get() : pair.after.get());
    if (next == was) continue;
    if (!found) difference.first_entry = past[i].entry;
    found = true;
    difference.last_entry = past[i].entry;
    was = std::move(next);
  }
}

template <class T>
Difference& Comparison::add_whole(Outcome outcome, Piece piece, const Pair<T>& pair) {
  Difference& difference = found_.emplace_back();
  difference.outcome = outcome;
  difference.piece = piece;
  difference.name = pair.name;
  place<T>(difference, pair, [](const T* object) { return std::string(object == nullptr ? "" : "there"); });
  return difference;
}

/// Takes the pairs of one object under two names out of both lists.
template <class T, class Same>
void Comparison::match_renamed(std::vector<Pair<T>>& gone, std::vector<Pair<T>>& come, Piece piece, const Same& same) {
  std::vector<bool> taken(come.size());
  std::erase_if(gone, [&](const Pair<T>& old) {
    for (std::size_t i = 0; i < come.size(); ++i) {
      if (taken[i] || !same(*old.before, *come[i].after)) continue;
      taken[i] = true;
      Difference& difference = add_whole(Outcome::renamed, piece, old);
      difference.before = old.name.name;
      difference.after = old.name.schema == come[i].name.schema ? ir::quote_identifier(come[i].name.name) : ir::to_sql(come[i].name);
      if constexpr (std::is_same_v<T, Relation>) {
        difference.relation_before = old.before;
        difference.relation_after = come[i].after;
      } else if constexpr (std::is_same_v<T, Index>) {
        difference.index_before = old.before;
        difference.index_after = come[i].after;
      } else if constexpr (std::is_same_v<T, Type>) {
        difference.type_before = old.before;
        difference.type_after = come[i].after;
      }
      dead_.insert(old.name);
      dead_.insert(come[i].name);
      return true;
    }
    return false;
  });
  std::size_t at = 0;
  std::erase_if(come, [&](const Pair<T>&) { return taken[at++]; });
}

}  // namespace whimbrel::catalog
