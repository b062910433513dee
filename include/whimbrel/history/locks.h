// What each statement locks and does, without judging: the rows of `whimbrel locks`.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "whimbrel/facts/effects.h"
#include "whimbrel/history/replay.h"

namespace whimbrel::history {

/// One statement as PostgreSQL counts it (a DO block is one), with its effects on the catalog before it.
struct LockRow {
  const ir::Migration* migration = nullptr;
  ir::Direction direction = ir::Direction::up;
  const ir::Statement* statement = nullptr;
  facts::Effects effects;            ///< `locks` less those that the transaction already holds at that strength
  bool in_transaction = false;
  std::uint64_t transaction = 0;     ///< equal for statements of one transaction
  std::vector<ir::QualifiedName> released{};  ///< by a ROLLBACK TO just before
};

/// The row of a statement that is about to run; nothing inside a body, whose outermost statement has the row.
std::optional<LockRow> lock_row(const Moment& moment, const facts::StatementEffects& effects);

/// How long a statement works, in kind, the lightest first. `instant`: it does not grow with the data.
enum class Duration : std::uint8_t { instant, scan, index_build, rewrite };
/// By the heaviest work that happens or may happen. Emptying a table, and the indexes of a new one, are instant.
Duration duration_of(const facts::Effects& effects);

/// The strongest lock that a transaction takes on a relation, and what it does while it holds it. Indices are of rows.
struct HeldSum {
  ir::QualifiedName relation;
  LockMode mode = LockMode::none;
  std::size_t since = 0;             ///< the statement that took it
  std::size_t until = 0;             ///< behind the last statement that ran with it held
  Duration heaviest = Duration::instant;
};

struct TransactionSum {
  std::size_t begin = 0;             ///< rows [begin, end)
  std::size_t end = 0;
  std::vector<HeldSum> locks;        ///< sorted by relation; twice where a ROLLBACK TO gave it up between
};

/// The transactions among the rows that lock something, in order. Statements that run alone are in none.
std::vector<TransactionSum> transaction_sums(std::span<const LockRow> rows);

/// Rows of the migrations that `judged` says, in replay order. They point into `history`.
std::vector<LockRow> lock_rows(const History& history, const ReplayOptions& options, const std::function<Judged(const ir::Migration&)>& judged);

}  // namespace whimbrel::history
