// One operation on its way into the catalog: where it comes from, whether it surely runs, and what was wrong with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whimbrel/catalog/apply.h"
#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

namespace op = ir::op;

class Change {
 public:
  Change(Catalog& target, Origin from, Tri runs) : catalog(target), origin(from), maybe_(runs == Tri::unknown) {}

  Catalog& catalog;
  const Origin origin;
  std::vector<Problem> problems;

  /// The origin of a piece of the statement.
  [[nodiscard]] Origin origin_at(Span span) const { return {origin.part, origin.transaction, span}; }

  /// The operation may have run or not: what it makes, drops or alters stays and becomes inexact.
  [[nodiscard]] bool maybe() const { return maybe_; }

  void missing(std::string what, std::string sqlstate, Span span);
  void existing(std::string what, std::string sqlstate, Span span);
  void trouble(std::string what, std::string sqlstate, Span span);

  /// The relation that a statement is about. Unknown ones are presumed (and reported), unless `if_exists`; nothing
  /// where there is none to change: IF EXISTS, or one of the server's own.
  std::optional<QualifiedName> target(const ir::RelationName& written, bool if_exists = false);
  /// As target(), silent: for relations that are only referred to.
  QualifiedName presume(const QualifiedName& written);
  /// A relation of one's own to change; it becomes inexact where the operation may not run.
  Relation& edit(const QualifiedName& table);
  /// A column to change. Missing ones are presumed where the table is not exact, else reported; null: there is none.
  Column* column(Relation& table, const ir::Name& written, bool if_exists = false);
  /// The relation and all below it (partitions, INHERITS), itself first.
  [[nodiscard]] std::vector<QualifiedName> tree(const QualifiedName& table) const;
  [[nodiscard]] const Relation* find(const QualifiedName& resolved) const;

 private:
  bool maybe_;
};

/// "table public.users": an object's name for people.
std::string describe(std::string_view kind, const QualifiedName& name);
/// The word for a relation's kind: "table", "view", …
std::string_view kind_word(RelationKind kind);
/// "trigger", "policy", "rule" or "statistics".
std::string_view kind_word(Attached::Kind kind);

/// A NOT NULL's name from 18 on: the catalog keeps these constraints on their columns, where a name from before a rename is not known.
bool is_perhaps_not_null(std::string_view constraint);

/// "schema.name" of `Column::owned_sequence` as a name, and back.
QualifiedName owned_sequence_name(const Column& column);
std::string owned_sequence_text(const QualifiedName& sequence);

}  // namespace whimbrel::catalog
