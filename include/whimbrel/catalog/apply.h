// What an operation does to the catalog.
#pragma once

#include <string>
#include <vector>

#include "whimbrel/catalog/catalog.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::catalog {

/// What PostgreSQL would have refused, or what the history does not know: material for the history rules.
struct Problem {
  enum class Kind : std::uint8_t { missing_object, existing_object, other } kind = Kind::other;
  std::string what;      ///< "table public.users"
  std::string sqlstate;  ///< empty where the server would not fail
  Span span;
  bool sure = true;      ///< false: missing from a history that does not begin at the beginning, so it may be there (the replay's judgement)
};

/// Applies one operation. A relation that the catalog does not know is presumed to exist and is made, not `exact`, so that what later
/// statements say of it is kept. `runs` unknown: the operation may or may not have happened, what it touches becomes inexact.
/// Transaction control and SET are the replay's work, except `search_path`.
/// `when` becomes the origin of what is made, with the step's span (or the column's, constraint's own) in place of its span.
std::vector<Problem> apply(Catalog& catalog, const ir::Step& step, const Origin& when = {}, Tri runs = Tri::yes);

/// The names that PostgreSQL itself gives: "<table>_<column>_key", truncated to 63 bytes as makeObjectName does, numbered until free.
std::string choose_constraint_name(const Catalog& catalog, const Relation& table, const ir::Constraint& constraint);
std::string choose_index_name(const Catalog& catalog, const QualifiedName& table, const ir::op::CreateIndex& index);

}  // namespace whimbrel::catalog
