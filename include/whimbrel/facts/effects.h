// What PostgreSQL does for a statement: locks, rewrites, scans, index builds, errors. The one place that knows; measured.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/session.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::facts {

using ir::QualifiedName;

enum class RelationSort : std::uint8_t { table, view, materialized_view, index, sequence, composite_type };

struct RelationLock {
  QualifiedName relation;                ///< resolved
  RelationSort sort = RelationSort::table;
  LockMode mode = LockMode::none;
};

/// Why a relation is rewritten, read in full, or an index built.
enum class Cause : std::uint8_t {
  volatile_default, constant_default_before_11, serial, identity, stored_generated, constrained_domain,  // ADD COLUMN
  type_change, using_expression, collation_change, recheck,                                             // ALTER TYPE
  not_null, check, foreign_key, unique, primary_key, exclusion, index, partition_bound, default_partition,
  set_logged, set_tablespace, set_access_method, truncate, cluster, vacuum_full, reindex, refresh, validate, copy, query, dml, other,
};

struct Work {
  QualifiedName relation;                ///< for builds the index; a new index whose name PostgreSQL chooses has the name it would get
  Cause cause = Cause::other;
  QualifiedName table;                   ///< for builds: the index's table
  Tri happens = Tri::yes;                ///< unknown: a missing fact decides
};

/// The effects of one operation, or of a whole statement (merged: strongest lock on each relation; rewritten and read once).
struct Effects {
  std::vector<RelationLock> locks;       ///< on relations that exist before the statement; sorted by relation
  std::vector<Work> rewrites;            ///< new heap file
  std::vector<Work> scans;               ///< read in full
  std::vector<Work> builds;              ///< index built or rebuilt
  std::string error;                     ///< SQLSTATE that is certain; "" none
  std::string error_reason;              ///< one sentence for `error` or `possible_error`
  std::string possible_error;            ///< SQLSTATE that the data may cause (classes 22, 23)
  bool forbids_transaction = false;
  bool certain = true;                   ///< false: an unknown fact decided; the likely worst case is given

  [[nodiscard]] LockMode lock_on(const QualifiedName& relation) const;
  [[nodiscard]] const Work* rewrite_of(const QualifiedName& relation) const;
  [[nodiscard]] const Work* scan_of(const QualifiedName& relation) const;
};

struct StatementEffects {
  Effects whole;
  std::vector<Effects> steps;            ///< one for each step of the statement: its share, for messages
};

/// Whether an ALTER TABLE goes through the table's rows in the one pass that all its actions share: true rewriting it, false reading it for
/// CHECK and NOT NULL. Nothing: it does not, or for what it does one by one (foreign keys, indexes, VALIDATE).
std::optional<bool> pass_over(const Effects& effects, const QualifiedName& table);

/// Where `whole.error` is certain, the whole rewrites, reads and builds nothing and, unless the statement runs in transactions of its own,
/// locks nothing: it is undone. The steps keep what they were meant to do, so that a rule may still judge them.
/// A relation that the catalog does not know (or only presumes) gets its likely worst case, `certain` is false. With IF EXISTS it is taken
/// for missing as soon as the history has tables of its own.
/// The effects of a statement on this catalog (the moment before it). `statement.body` (DO blocks, schema elements) is included in `whole`.
/// Facts: shared/oracle rows; manual "Explicit Locking" and each statement's page. Version differences are data in facts/.
/// The catalog is as it was when this returns: a body is stepped through on it, and undone.
StatementEffects effects_of(const ir::Statement& statement, catalog::Catalog& catalog, const Settings& settings);

/// Rows are evaluated once a row (volatile), once a statement (stable) or at plan time (immutable). Unknown: a function that neither
/// PostgreSQL's catalogue nor the history knows.
struct ExprVolatility {
  ir::op::Volatility volatility = ir::op::Volatility::immutable;
  Tri certain = Tri::yes;
  Span culprit;                          ///< the call that decides
  std::string culprit_name;              ///< "gen_random_uuid()"
};
ExprVolatility volatility_of(const ir::Expr& expr, const catalog::Catalog& catalog, int pg_version);

/// What ALTER COLUMN TYPE does to the heap, by types alone (indexes, CHECKs and views are the caller's).
enum class TypeChange : std::uint8_t { free, rewrite, error, unknown };
TypeChange type_change(const ir::TypeName& from, const ir::TypeName& to, const catalog::Catalog& catalog, const Settings& settings);

/// Whether a valid CHECK (or PRIMARY KEY) of the table proves that the column holds no NULL, at this moment. Its name in `by`.
Tri proves_not_null(const catalog::Relation& table, std::string_view column, std::string* by = nullptr);

/// A relation's name for people: "public.users", quoted where SQL must; temporary ones "pg_temp.x".
std::string display_name(const QualifiedName& relation);

/// The first server version (major) that accepts the statement's syntax: 10 where every supported one does. `what` names the piece.
struct SyntaxVersion {
  int since = 10;
  std::string what;
  Span span;
};
SyntaxVersion syntax_version(const ir::Statement& statement);

}  // namespace whimbrel::facts
