// What each statement locks and does, without judging: the rows of `whimbrel locks`.
#pragma once

#include <cstdint>
#include <functional>
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
};

/// Rows of the migrations that `judged` says, in replay order. They point into `history`.
std::vector<LockRow> lock_rows(const History& history, const ReplayOptions& options, const std::function<Judged(const ir::Migration&)>& judged);

}  // namespace whimbrel::history
