// The session that a migration runs in: settings that change what statements do, and the transaction it is in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/base/undo_map.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/held_locks.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/ir/names.h"

namespace whimbrel::facts {

/// SET CONSTRAINTS ALL; `some`: of constraints by name, whose state is then not followed.
enum class Deferral : std::uint8_t { as_declared, deferred, immediate, some };

/// What the open transaction has done so far that a later statement of it runs into. note() fills it.
struct TransactionFacts {
  std::uint64_t number = 0;                ///< `catalog::Origin::transaction` of what it makes
  /// Enum values that it has added: type, value. Using one fails with 55P04. Unknown: under a condition.
  UndoMap<std::pair<ir::QualifiedName, std::string>, Tri> new_enum_values;
  /// Tables with deferred trigger events: 55006 for ALTER TABLE and the like. Unknown: rows or constraint are not known.
  UndoMap<ir::QualifiedName, Tri> pending_events;
  Deferral deferral = Deferral::as_declared;
};

/// What the run is told (configuration) or the session has set so far. Times in milliseconds, 0 = no limit (PostgreSQL's default).
struct Settings {
  int pg_version = 14;                    ///< major server version the migrations will run on
  std::string time_zone = "";             ///< empty: not known
  std::int64_t lock_timeout_ms = 0;
  std::int64_t statement_timeout_ms = 0;
  bool lock_timeout_known = true;         ///< false: set to something that is not constant
  bool check_function_bodies = true;      ///< off, as pg_dump sets it: bodies are not read when a function is created
  TransactionFacts transaction{};
};

/// A table that the open transaction has rewritten or read in full by an ALTER TABLE: what one statement with both actions would do once.
struct TablePass {
  ir::QualifiedName table;                ///< resolved
  bool rewritten = false;                 ///< else only read
  Span statement;
  std::uint32_t part = 0;
};

/// The transaction that a statement runs in.
struct TransactionState {
  bool open = false;                      ///< inside a transaction block of whatever kind
  enum class Kind : std::uint8_t { none, explicit_block, runner, implicit_string } kind = Kind::none;
  Span opened;                            ///< BEGIN, or nothing
  std::uint32_t statements = 0;           ///< run in it so far
  HeldLocks held;                         ///< strongest mode on each relation, in order of first taking
  std::vector<ir::QualifiedName> released;  ///< by the ROLLBACK TO just before: no longer held, or less
  std::vector<TablePass> passes;          ///< in order
  std::uint64_t number = 0;               ///< differs between any two transactions of a replay
};

/// Takes what the step, about to be applied to this catalog, leaves for later statements of its transaction.
void note(const ir::Step& step, const catalog::Catalog& catalog, int pg_version, Tri runs, TransactionFacts& transaction);

/// "5s", "1000", "2min" as PostgreSQL reads a time setting without unit in milliseconds; nothing where it is not one.
std::optional<std::int64_t> parse_duration_ms(std::string_view text);

}  // namespace whimbrel::facts
