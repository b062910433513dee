// Replays a history migration by migration: a fresh session each, the down part tried and undone.
#include "whimbrel/history/replay.h"

#include <utility>

#include "part_replay.h"

namespace whimbrel::history {

struct Replay::State {
  ReplayOptions options;
  World world;
  std::uint32_t parts = 0;
  std::vector<const ir::Part*> fresh_parts;   ///< by number, as far as there are fresh ones

  explicit State(ReplayOptions given) : options(std::move(given)), world(options) {}

  /// What every session begins with: the configuration's word counts before what was found around the history.
  [[nodiscard]] Values defaults(const History& history) const {
    Values values;
    values.lock_timeout_ms = options.lock_timeout_ms != 0
                                 ? options.lock_timeout_ms
                                 : facts::parse_duration_ms(history.surroundings.lock_timeout).value_or(0);
    values.statement_timeout_ms = options.statement_timeout_ms != 0
                                      ? options.statement_timeout_ms
                                      : facts::parse_duration_ms(history.surroundings.statement_timeout).value_or(0);
    values.time_zone = options.time_zone;
    return values;
  }

  void run_part(const History& history, const ir::Migration& migration, ir::Direction direction, bool fresh, Observer* observer,
                Tracker* tracker = nullptr) {
    const ir::Part& part = direction == ir::Direction::up ? migration.up : migration.down;
    if (part.state == ir::PartState::missing) return;
    world.session.start(defaults(history));
    ++parts;
    if (fresh) {
      fresh_parts.resize(parts + 1);
      fresh_parts[parts] = &part;
    }
    const ir::TransactionMode mode = transaction_mode(options, history, migration, direction);
    const bool shares = fresh && mode == ir::TransactionMode::single;
    const PartRun run{history, migration, direction, part, parts, mode, shares, observer, fresh_parts, tracker};
    if (tracker != nullptr) tracker->begin_part(direction, run.number);
    PartReplay(world, run).run();
    world.session.start(defaults(history));
  }

  void end_round_trip(const History& history, const ir::Migration& migration, Observer& observer, const RoundTrip& trip) {
    const ir::Statement no_statement;
    const Moment moment{.history = history,
                        .migration = migration,
                        .direction = ir::Direction::down,
                        .part = migration.down,
                        .part_number = parts,
                        .statement = no_statement,
                        .outermost = no_statement,
                        .catalog = world.catalog,
                        .settings = world.session.settings(),
                        .transaction = world.transactions.state(),
                        .mode = transaction_mode(options, history, migration, ir::Direction::down),
                        .runs = Tri::yes};
    observer.on_round_trip(moment, trip);
  }
};

Replay::Replay(const ReplayOptions& options) : state_(std::make_unique<State>(options)) {}
Replay::~Replay() = default;

const catalog::Catalog& Replay::catalog() const { return state_->world.catalog; }

void Replay::lend_catalog(const std::function<void(catalog::Catalog&)>& use) {
  catalog::Catalog& catalog = state_->world.catalog;
  const catalog::Catalog::Moment moment = catalog.now();
  use(catalog);
  catalog.rollback_to(moment);
}

catalog::Catalog Replay::take_catalog() && { return std::move(state_->world.catalog); }

void Replay::run(const History& history, const ir::Migration& migration, Judged judged, Observer* observer) {
  catalog::Catalog& catalog = state_->world.catalog;
  if (judged.down && observer != nullptr && migration.down.state != ir::PartState::missing) {
    Tracker tracker(catalog);
    state_->run_part(history, migration, ir::Direction::up, judged.fresh, judged.up ? observer : nullptr, &tracker);
    const catalog::Catalog::Moment moment = catalog.now();
    Transactions& transactions = state_->world.transactions;
    Transactions::Suspended open = transactions.suspend();  // the down part runs another day
    state_->run_part(history, migration, ir::Direction::down, false, observer, &tracker);
    state_->end_round_trip(history, migration, *observer, tracker.finish());
    catalog.rollback_to(moment);
    transactions.resume(std::move(open));
  } else {
    state_->run_part(history, migration, ir::Direction::up, judged.fresh, judged.up ? observer : nullptr);
  }
  // A transaction that is still open may be rolled back to its beginning.
  if (!state_->world.transactions.open()) catalog.forget_before(catalog.now());
}

const ir::Part* new_maker(const Moment& moment, const catalog::Origin& origin) {
  if (origin.part == 0) return nullptr;
  if (origin.part == moment.part_number) return &moment.part;
  if (moment.direction == ir::Direction::down || moment.fresh_parts == nullptr) return nullptr;
  const auto fresh = [&](std::uint32_t part) { return part < moment.fresh_parts->size() ? (*moment.fresh_parts)[part] : nullptr; };
  return fresh(moment.part_number) != nullptr ? fresh(origin.part) : nullptr;
}

ir::TransactionMode transaction_mode(const ReplayOptions& options, const History& history, const ir::Migration& migration,
                                     ir::Direction direction) {
  if (options.transaction) return *options.transaction;
  const ir::Part& part = direction == ir::Direction::up ? migration.up : migration.down;
  if (part.transaction) return *part.transaction;
  if (migration.transaction) return *migration.transaction;
  return history.surroundings.transaction.value_or(ir::TransactionMode::none);
}

}  // namespace whimbrel::history
