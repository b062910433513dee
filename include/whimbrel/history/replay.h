// Replays a history step by step: the catalog, the session and the transaction at each moment, for whoever wants to look.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "whimbrel/catalog/apply.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/catalog/difference.h"
#include "whimbrel/facts/effects.h"
#include "whimbrel/facts/session.h"
#include "whimbrel/history/history.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::history {

struct ReplayOptions {
  int pg_version = 14;
  std::string time_zone;
  std::string default_schema = "public";
  std::int64_t lock_timeout_ms = 0;             ///< the runner sets it for every migration; 0: no
  std::int64_t statement_timeout_ms = 0;
  std::optional<ir::TransactionMode> transaction;  ///< what the configuration says; nothing: automatic
};

/// Everything at one moment of the replay. Valid during the call only.
struct Moment {
  const History& history;
  const ir::Migration& migration;
  ir::Direction direction = ir::Direction::up;
  const ir::Part& part;
  std::uint32_t part_number = 0;                ///< `Origin::part` of what this part makes
  const ir::Statement& statement;               ///< the innermost one (inside a DO block: the one in the body)
  const ir::Statement& outermost;
  const catalog::Catalog& catalog;              ///< just before the step
  const facts::Settings& settings;              ///< effective now
  const facts::TransactionState& transaction;   ///< just before the statement
  ir::TransactionMode mode = ir::TransactionMode::none;
  Tri runs = Tri::yes;                          ///< of the statement, with all that it stands in
  /// By part number: the parts of the migrations that are new (`Judged::fresh`), null for all others. None: none is.
  const std::vector<const ir::Part*>* fresh_parts = nullptr;
};

/// The part that made it, if nobody else can be using what it made: the part that runs now or, where that is the up part of a new
/// migration, that of another new one. Null: an older one made it.
const ir::Part* new_maker(const Moment& moment, const catalog::Origin& origin);

/// A difference with the places that made it; empty spans where that cannot be told.
struct PlacedDifference {
  catalog::Difference difference;
  Span up;     ///< the step of the up part that changed it first
  Span down;   ///< the step of the down part that changed it last
};

/// What is left of a migration after its up part and its down part.
struct RoundTrip {
  bool certain = true;      ///< false: a part certainly fails, or something ran that may have changed anything; then nothing is compared
  bool up_fails = false;
  bool down_fails = false;
  std::vector<PlacedDifference> differences;
};

/// Called in order. Statements of parts that are not judged are applied without a call.
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;
  /// Before the first step of a statement; bodies after their outer statement. `effects` of this statement.
  virtual void on_statement(const Moment& moment, const facts::StatementEffects& effects) = 0;
  /// Before each step is applied; the catalog has the earlier steps of the statement.
  virtual void on_step(const Moment& moment, const facts::StatementEffects& effects, std::size_t step) = 0;
  /// What the catalog said when the step was applied.
  virtual void on_problem(const Moment& moment, const ir::Step& step, const catalog::Problem& problem) = 0;
  /// After a judged part. `moment.statement` is its last statement (or an empty one).
  virtual void on_part_end(const Moment& moment) = 0;
  /// After a judged down part, before it is undone: the catalog against the one before the up part. `moment` is of the down part, without
  /// a statement.
  virtual void on_round_trip(const Moment& /*moment*/, const RoundTrip& /*trip*/) {}
};

/// What is to be looked at of a migration.
struct Judged {
  bool up = true;
  bool down = true;
  /// No database has run it yet, nor the other ones that are fresh. A runner that wraps all pending migrations in one transaction
  /// (`single`) puts them into the same one; else each is replayed as the only pending one.
  bool fresh = false;
};

/// The state between migrations. Parts are numbered as they are replayed.
class Replay {
 public:
  explicit Replay(const ReplayOptions& options);
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// Applies the migration's up part. Where `judged.up`, the observer is called; where `judged.down`, the down part is then tried on the
  /// catalog after it, observed, and undone.
  void run(const History& history, const ir::Migration& migration, Judged judged, Observer* observer);
  [[nodiscard]] const catalog::Catalog& catalog() const;
  /// Lends the catalog as it is now, between two migrations; what is done to it is undone.
  void lend_catalog(const std::function<void(catalog::Catalog&)>& use);
  /// Hands the catalog over; nothing more can be replayed.
  [[nodiscard]] catalog::Catalog take_catalog() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// How this migration's statements are wrapped: the configuration, else the part, else the file, else its surroundings, else none.
ir::TransactionMode transaction_mode(const ReplayOptions& options, const History& history, const ir::Migration& migration,
                                     ir::Direction direction = ir::Direction::up);

}  // namespace whimbrel::history
