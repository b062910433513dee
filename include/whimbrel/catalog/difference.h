// What two moments of a catalog differ in, object by object: for the way up and down again.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

/// One thing that is not as it was. An object that is gone or new is one difference, not one for each column or index of it; what a
/// difference brings with it (the index on a column that is missing) is none of its own. Neither are the order of columns, validity that
/// was gained, or a sequence's position.
struct Difference {
  enum class Outcome : std::uint8_t { left_over, missing, renamed, different };
  enum class Piece : std::uint8_t {
    schema, extension, relation, column, constraint, index, sequence, type, enum_value, function, attached,
  };
  enum class Aspect : std::uint8_t {
    none, type, not_null, default_value, identity, generated, collation, definition, validity, persistence, row_security, options,
    parents, columns, reads, body, result, label_order, base, attributes, executes,
  };

  Outcome outcome = Outcome::different;
  Piece piece = Piece::relation;
  QualifiedName name;       ///< of the object; of its table for a column, constraint, trigger; of its type for an enum value
  std::string part;         ///< the column, constraint, trigger or enum value; a function's arguments
  Aspect aspect = Aspect::none;  ///< of what is `different`
  std::string before;       ///< as it was: the name of what is `renamed`, else the aspect's text; empty: there was none
  std::string after;        ///< as it is now
  std::string other;        ///< the word for the piece where it has several: "view", "policy", "domain"
  bool from_up = false;     ///< what is left over was made by the up part

  // The objects themselves, where there are: for what to write instead.
  std::shared_ptr<const Relation> relation_before, relation_after;
  std::shared_ptr<const Index> index_before, index_after;
  std::shared_ptr<const Type> type_before, type_after;
  std::shared_ptr<const Function> function_before, function_after;

  /// The journal's entries that changed it first and last.
  std::size_t first_entry = 0, last_entry = 0;
};

/// What cannot be told of the time between the two moments.
struct Doubt {
  bool everything = false;                ///< something ran that may have changed anything
  std::set<QualifiedName> touched;        ///< relations and types that something opaque touched
  std::vector<std::pair<std::size_t, std::size_t>> entries;  ///< half-open runs of the journal by statements that may not have run; ascending
  std::set<std::string> unknown_before;   ///< last names of what was dropped and not known: it may have been there
  std::set<std::string> harmless;         ///< schemas and extensions made IF NOT EXISTS: they may stay
  std::uint32_t up_part = 0;              ///< `Origin::part` of what the up part made
};

/// The catalog now against itself at `moment`. Sorted by piece and name; the same histories give the same list.
std::vector<Difference> differences(const Catalog& now, Catalog::Moment moment, const Doubt& doubt);

/// The last name of what the operation drops or renames, where the catalog does not know such an object: it may be there all the same.
/// Empty: known, or no such operation.
std::string unknown_target(const Catalog& catalog, const ir::Operation& operation);

/// Whether an object of that name ("table public.users", as a problem says it) was there at some time since.
bool was_there(const Changes& changes, std::string_view what);

}  // namespace whimbrel::catalog
