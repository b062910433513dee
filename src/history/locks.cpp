// What each statement locks and does, without judging: the rows of `whimbrel locks`.
#include "whimbrel/history/locks.h"

#include <algorithm>

namespace whimbrel::history {

namespace {

/// Who made a relation in the open transaction holds it already at the greatest strength.
bool made_here(const Moment& moment, const facts::RelationLock& lock) {
  if (!moment.transaction.open) return false;
  const auto same = [&](const auto& objects) {
    const auto found = objects.find(lock.relation);
    return found != objects.end() && found->second->origin.transaction == moment.transaction.number;
  };
  switch (lock.sort) {
    case facts::RelationSort::index: return same(moment.catalog.indexes());
    case facts::RelationSort::sequence: return same(moment.catalog.sequences());
    case facts::RelationSort::composite_type: return same(moment.catalog.types());
    case facts::RelationSort::table:
    case facts::RelationSort::view:
    case facts::RelationSort::materialized_view: return same(moment.catalog.relations());
  }
  return false;
}

bool held_already(const Moment& moment, const facts::RelationLock& lock) {
  return std::ranges::any_of(moment.transaction.held, [&](const facts::HeldLock& held) {
    return held.mode >= lock.mode && held.relation == lock.relation;
  });
}

class Collector : public Observer {
 public:
  explicit Collector(std::vector<LockRow>& rows) : rows_(rows) {}

  void on_statement(const Moment& moment, const facts::StatementEffects& effects) override {
    if (&moment.statement != &moment.outermost) return;
    LockRow row{.migration = &moment.migration,
                .direction = moment.direction,
                .statement = &moment.statement,
                .effects = effects.whole,
                .in_transaction = moment.transaction.open,
                .transaction = moment.transaction.number};
    std::erase_if(row.effects.locks, [&](const facts::RelationLock& lock) {
      return made_here(moment, lock) || held_already(moment, lock);
    });
    rows_.push_back(std::move(row));
  }
  void on_step(const Moment&, const facts::StatementEffects&, std::size_t) override {}
  void on_problem(const Moment&, const ir::Step&, const catalog::Problem&) override {}
  void on_part_end(const Moment&) override {}

 private:
  std::vector<LockRow>& rows_;
};

}  // namespace

std::vector<LockRow> lock_rows(const History& history, const ReplayOptions& options,
                               const std::function<Judged(const ir::Migration&)>& judged) {
  std::vector<LockRow> rows;
  Collector collector(rows);
  Replay replay(options);
  for (const ir::Migration& migration : history.migrations) replay.run(history, migration, judged(migration), &collector);
  return rows;
}

}  // namespace whimbrel::history
