// The schema at one moment of a replayed history, with an undo journal.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "whimbrel/catalog/name_map.h"
#include "whimbrel/catalog/objects.h"

namespace whimbrel::catalog {

/// What an object was until the journal's entry of that number. Null: there was none.
template <class T>
struct Past {
  std::size_t entry = 0;
  std::shared_ptr<const T> object;
};
/// The overloads of one name until then.
struct PastFunctions {
  std::size_t entry = 0;
  std::vector<std::shared_ptr<const Function>> functions;
};
/// Whether a schema or an extension was there until then.
struct PastPresence {
  std::size_t entry = 0;
  bool present = false;
};

/// What the journal says of the time since a moment: the earlier states of each object that was touched, oldest first. The state at
/// the moment is the first one, the state now stands in the catalog.
struct Changes {
  template <class T>
  using Of = std::map<QualifiedName, std::vector<Past<T>>>;

  Of<Relation> relations;
  Of<Index> indexes;
  Of<Sequence> sequences;
  Of<Type> types;
  std::map<QualifiedName, std::vector<PastFunctions>> functions;
  std::map<std::string, std::vector<PastPresence>> schemas;
  std::map<std::string, std::vector<PastPresence>> extensions;
};

/// All objects by resolved name (schema never empty). Objects are immutable to readers; `edit_…` gives a copy of one's own and
/// journals the old, so that `rollback_to` restores any earlier moment. Temporary objects live in schema "pg_temp".
class Catalog {
 public:
  /// `names_not_nulls`: each NOT NULL is a constraint with a name, as from PostgreSQL 18 on.
  explicit Catalog(std::string default_schema = "public", bool names_not_nulls = true);
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;
  Catalog(Catalog&&) = default;
  Catalog& operator=(Catalog&&) = default;
  ~Catalog() = default;

  // ---- look-up: a name as written (schema may be empty) along search_path; null where the catalog has no such object ----
  [[nodiscard]] const Relation* find_relation(const QualifiedName& name) const;
  [[nodiscard]] const Index* find_index(const QualifiedName& name) const;
  [[nodiscard]] const Sequence* find_sequence(const QualifiedName& name) const;
  [[nodiscard]] const Type* find_type(const QualifiedName& name) const;
  /// Every overload; empty where there is none.
  [[nodiscard]] std::vector<const Function*> find_functions(const QualifiedName& name) const;
  [[nodiscard]] bool has_schema(std::string_view schema) const;
  [[nodiscard]] bool has_extension(std::string_view extension) const;

  /// The name with the schema that PostgreSQL would find it in; for what is not in the catalog the first schema of search_path.
  [[nodiscard]] QualifiedName resolve(const QualifiedName& name) const;
  /// The name that an object created now would have. The first schema of search_path is presumed to exist.
  [[nodiscard]] QualifiedName resolve_new(const QualifiedName& name, ir::Persistence persistence = ir::Persistence::permanent) const;

  [[nodiscard]] const NameMap<std::shared_ptr<const Relation>>& relations() const { return relations_; }
  [[nodiscard]] const NameMap<std::shared_ptr<const Index>>& indexes() const { return indexes_; }
  [[nodiscard]] const NameMap<std::shared_ptr<const Sequence>>& sequences() const { return sequences_; }
  [[nodiscard]] const NameMap<std::shared_ptr<const Type>>& types() const { return types_; }
  [[nodiscard]] const std::multimap<QualifiedName, std::shared_ptr<const Function>>& functions() const { return functions_; }

  /// Resolved names of relations whose foreign keys point at `table`, and of views that read it; sorted.
  [[nodiscard]] std::vector<QualifiedName> referencing(const QualifiedName& table) const;
  [[nodiscard]] std::vector<QualifiedName> dependent_views(const QualifiedName& table) const;
  /// Sequences that go with a column of the table (resolved); sorted by name.
  [[nodiscard]] std::vector<const Sequence*> owned_sequences(const QualifiedName& table) const;

  /// Whether a table, view, index, sequence or composite type has this resolved name: they share one namespace (pg_class).
  [[nodiscard]] bool name_is_taken(const QualifiedName& resolved) const;
  /// How many of the numbered names that follow a base (by its hash) are known to be taken, for whoever looks for a free one and counts on. None
  /// is, as soon as a name may be free again. Two bases that share 64 bits would only be numbered higher.
  [[nodiscard]] int& numbers_tried(std::uint64_t base) const { return numbers_tried_[base]; }
  /// Whether a constraint of this name exists on any table or domain of the schema.
  [[nodiscard]] bool constraint_exists(const std::string& schema, const std::string& constraint) const;

  [[nodiscard]] const std::vector<std::string>& search_path() const { return search_path_; }
  [[nodiscard]] const std::string& default_schema() const { return default_schema_; }
  [[nodiscard]] const std::set<std::string, std::less<>>& schemas() const { return schemas_; }
  [[nodiscard]] const std::set<std::string, std::less<>>& extensions() const { return extensions_; }
  /// Collations by which texts that differ may be equal; their names without schemas, as columns have them.
  [[nodiscard]] const std::set<std::string, std::less<>>& nondeterministic_collations() const { return nondeterministic_collations_; }
  [[nodiscard]] bool names_not_nulls() const { return names_not_nulls_; }
  /// Whether something may have been made in pg_temp since the session began.
  [[nodiscard]] bool has_temporary() const { return has_temporary_; }
  /// False once a statement ran that may have changed anything (dynamic SQL): that an object is not here proves nothing.
  [[nodiscard]] bool complete() const { return complete_; }

  // ---- change: used by apply(); every call is journalled ----
  // A reference is good until the next call of now(), settle() or rollback_to(), or the erasure of the object.
  Relation& edit_relation(const QualifiedName& resolved);      ///< made where it is missing
  Index& edit_index(const QualifiedName& resolved);
  Sequence& edit_sequence(const QualifiedName& resolved);
  Type& edit_type(const QualifiedName& resolved);
  void add_function(Function function);                        ///< in place of one with the same arguments
  void erase_relation(const QualifiedName& resolved);
  void erase_index(const QualifiedName& resolved);
  void erase_sequence(const QualifiedName& resolved);
  void erase_type(const QualifiedName& resolved);
  void erase_functions(const QualifiedName& resolved, const std::vector<ir::TypeName>* arguments = nullptr);
  void add_schema(std::string schema);
  void erase_schema(const std::string& schema);
  void add_extension(std::string extension);
  void erase_extension(const std::string& extension);
  void add_nondeterministic_collation(std::string collation);
  void erase_nondeterministic_collation(const std::string& collation);
  /// `local`: until end_transaction(), as SET LOCAL.
  void set_search_path(std::vector<std::string> schemas, bool local = false);
  void reset_search_path(bool local = false);
  void mark_incomplete();
  /// Brings the reverse look-ups up to date with the edits. apply() ends with it; reading is right without it, only slower.
  void settle();

  // ---- the session: called by whoever replays ----
  /// After COMMIT (after ROLLBACK too, behind rollback_to): SET LOCAL search_path ends.
  void end_transaction();
  /// A new connection: temporary objects are gone, search_path is the default one.
  void end_session();

  // ---- undo ----
  /// A moment to come back to. Moments nest; they stay good until an earlier one is rolled back to.
  using Moment = std::size_t;
  [[nodiscard]] Moment now() const {
    sealed_ = forgotten_ + journal_.size();
    return sealed_;
  }
  void rollback_to(Moment moment);
  /// What was touched since; costs as much as was done since.
  [[nodiscard]] Changes changes_since(Moment moment) const;
  /// Forgets how to undo what lies before (after COMMIT, where no one holds an earlier moment): memory stays bounded.
  void forget_before(Moment moment);

 private:
  template <class T>
  using Objects = NameMap<std::shared_ptr<const T>>;
  using NameSet = std::set<std::string, std::less<>>;

  // What a journal entry brings back. A null object: there was none.
  template <class T>
  struct ObjectWas {
    QualifiedName name;
    std::shared_ptr<const T> object;
  };
  struct FunctionsWere {
    QualifiedName name;
    std::vector<std::shared_ptr<const Function>> functions;
  };
  struct NameWas {
    NameSet Catalog::* names;
    std::string name;
    bool present = false;
  };
  struct PathWas {
    std::vector<std::string> path;
    std::vector<std::string> session_path;
  };
  struct CompleteWas {
    bool complete = true;
  };
  using Entry = std::variant<ObjectWas<Relation>, ObjectWas<Index>, ObjectWas<Sequence>, ObjectWas<Type>, FunctionsWere, NameWas,
                             PathWas, CompleteWas>;
  /// Objects that are a copy of our own since the journal's entry of that number: they may be changed in place.
  using Own = std::map<QualifiedName, std::size_t>;   // few at a time, and walked in order
  using Counts = std::map<QualifiedName, std::size_t>;
  template <class T>
  using LookedUp = std::unordered_map<QualifiedName, T, NameHash>;   // never walked

  template <class T>
  T& edit(Objects<T>& objects, Own& own, const QualifiedName& name);
  template <class T>
  void erase(Objects<T>& objects, Own& own, const QualifiedName& name);
  void undo(Entry entry);
  void remember_functions(const QualifiedName& name);
  void remember_path();
  void add_name(NameSet Catalog::* names, std::string name);
  void erase_name(NameSet Catalog::* names, const std::string& name);
  void erase_temporary();
  void settle_relation(const QualifiedName& name);
  void settle_sequence(const QualifiedName& name);
  void settle_type(const QualifiedName& name);
  static void count(std::unordered_map<std::uint64_t, std::size_t>& counts, std::uint64_t key, bool add);
  /// `from` points at `target`, once more or once less.
  static void point(LookedUp<Counts>& map, const QualifiedName& target, const QualifiedName& from, bool add);
  template <class Points>
  [[nodiscard]] std::vector<QualifiedName> pointing_at(const QualifiedName& table,
                                                       const LookedUp<Counts>& settled, const Points& points) const;

  std::string default_schema_;
  bool names_not_nulls_ = true;
  std::vector<std::string> search_path_;
  std::vector<std::string> session_path_;   ///< search_path without SET LOCAL
  Objects<Relation> relations_;
  Objects<Index> indexes_;
  Objects<Sequence> sequences_;
  Objects<Type> types_;
  std::multimap<QualifiedName, std::shared_ptr<const Function>> functions_;
  NameSet schemas_;
  NameSet extensions_;
  NameSet nondeterministic_collations_;
  bool complete_ = true;
  bool has_temporary_ = false;              ///< something may have been made in pg_temp since the session began

  std::deque<Entry> journal_;
  std::size_t forgotten_ = 0;               ///< entries before the journal's first
  mutable std::size_t sealed_ = 0;          ///< entries before this moment must not be changed any more
  Own own_relations_, own_indexes_, own_sequences_, own_types_;

  // Reverse look-ups, as of the last settle(). Relations edited since are in own_relations_ and looked at one by one.
  LookedUp<std::shared_ptr<const Relation>> settled_;   ///< the version that the look-ups know
  LookedUp<Counts> referencing_;
  LookedUp<Counts> readers_;
  LookedUp<QualifiedName> owners_;                      ///< of sequences that have one
  LookedUp<Counts> owned_;                              ///< by their owner
  LookedUp<std::shared_ptr<const Type>> settled_types_; ///< those with constraints
  mutable std::unordered_map<std::uint64_t, int> numbers_tried_;
  std::unordered_map<std::uint64_t, std::size_t> constraint_names_;   ///< by the name's hash: two that share 64 bits would only be numbered
};

/// A foreign key and the table that has it.
struct Referrer {
  const Relation* table = nullptr;
  const Constraint* key = nullptr;
};
/// The foreign keys that need this unique index, because no other one covers its columns: DROP INDEX … CASCADE takes them. In the order of
/// the tables' names; none where the index is not unique.
std::vector<Referrer> keys_resting_on(const Catalog& catalog, const Index& index);

/// The table of a statistics object named as written; null where the catalog has no such object.
const Relation* table_of_statistics(const Catalog& catalog, const QualifiedName& written);

}  // namespace whimbrel::catalog
