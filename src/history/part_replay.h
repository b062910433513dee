// Replays one part of a migration, statement by statement.
#pragma once

#include <cstddef>
#include <cstdint>

#include "session.h"
#include "tracker.h"
#include "transactions.h"
#include "whimbrel/history/replay.h"

namespace whimbrel::history {

/// The first server that keeps each NOT NULL as a constraint with a name.
inline constexpr int kNamedNotNulls = 18;

/// What a part is replayed on: lives as long as the replay.
struct World {
  catalog::Catalog catalog;
  Session session;
  Transactions transactions;

  explicit World(const ReplayOptions& options)
      : catalog(options.default_schema, options.pg_version >= kNamedNotNulls), session(catalog, options.pg_version), transactions(catalog, session) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
};

/// Which part, and who looks on.
struct PartRun {
  const History& history;
  const ir::Migration& migration;
  ir::Direction direction;
  const ir::Part& part;
  std::uint32_t number;
  ir::TransactionMode mode;
  bool shares;          ///< its transaction is that of the pending migration before it, and stays open for the next one
  Observer* observer;   ///< null: only applied, which is fast
  const std::vector<const ir::Part*>& fresh_parts;
  Tracker* tracker = nullptr;   ///< of the way up and down again; null: the down part is not tried
};

/// One run of one part: opens the runner's transaction, replays, ends it.
class PartReplay {
 public:
  PartReplay(World& world, const PartRun& run) : world_(world), run_(run) {}
  void run();

 private:
  /// A statement and what it stands in.
  struct Place {
    const ir::Statement& statement;
    const ir::Statement& outermost;
    Tri runs;
    unsigned depth;
  };

  [[nodiscard]] bool inside_runner() const;
  [[nodiscard]] bool nothing_is_taken_back() const;
  [[nodiscard]] Moment moment(const Place& place) const;
  void before_statement(const ir::Statement& statement);
  void run_top(const ir::Statement& statement);
  void run_statement(const Place& place);
  void run_step(const Place& place, const facts::StatementEffects& effects, std::size_t step);
  void note_failure(const Place& place, const std::string& sqlstate);
  void drop_together(std::vector<catalog::Problem>& problems, std::size_t step) const;
  void run_body(const Place& place);
  void control(const ir::op::Transaction& control, const Place& place);
  void control_in_body(const ir::op::Transaction& control);
  void finish();

  World& world_;
  const PartRun& run_;
  bool runner_begins_ = false;   ///< the runner's transaction opens before the next statement
  catalog::Catalog::Moment statement_began_ = 0;   ///< of a statement with several steps
  bool forgets_ = false;         ///< how to undo a statement, as soon as it has run
  bool body_owns_ = false;       ///< the open transaction is that of a DO block alone
};

}  // namespace whimbrel::history
