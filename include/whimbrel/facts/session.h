// The session that a migration runs in: settings that change what statements do, and the transaction it is in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/ir/names.h"

namespace whimbrel::facts {

/// What the run is told (configuration) or the session has set so far. Times in milliseconds, 0 = no limit (PostgreSQL's default).
struct Settings {
  int pg_version = 14;                    ///< major server version the migrations will run on
  std::string time_zone = "";             ///< empty: not known
  std::int64_t lock_timeout_ms = 0;
  std::int64_t statement_timeout_ms = 0;
  bool lock_timeout_known = true;         ///< false: set to something that is not constant
  /// Enum values that the open transaction has added to a type that it did not create: type, value. Using one fails with 55P04.
  std::set<std::pair<ir::QualifiedName, std::string>> new_enum_values{};
};

/// A lock that the open transaction holds.
struct HeldLock {
  ir::QualifiedName relation;             ///< resolved
  LockMode mode = LockMode::none;
  Span since;                             ///< the statement that took it
  std::uint32_t statement = 0;            ///< its number in the transaction
  std::uint32_t part = 0;                 ///< the part of the history that took it, as in catalog::Origin: revisions may share a transaction
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
  std::vector<HeldLock> held;             ///< strongest mode on each relation, in order of first taking
  std::vector<TablePass> passes;          ///< in order
  std::uint64_t number = 0;               ///< differs between any two transactions of a replay
};

/// "5s", "1000", "2min" as PostgreSQL reads a time setting without unit in milliseconds; nothing where it is not one.
std::optional<std::int64_t> parse_duration_ms(std::string_view text);

}  // namespace whimbrel::facts
