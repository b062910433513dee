// What each statement locks and does, without judging: the rows of `whimbrel locks`.
#include "whimbrel/history/locks.h"

#include <algorithm>
#include <map>
#include <utility>

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
  const facts::HeldLock* held = moment.transaction.held.find(lock.relation);
  return held != nullptr && held->mode >= lock.mode;
}

class Collector : public Observer {
 public:
  explicit Collector(std::vector<LockRow>& rows) : rows_(rows) {}

  void on_statement(const Moment& moment, const facts::StatementEffects& effects) override {
    if (std::optional<LockRow> row = lock_row(moment, effects)) rows_.push_back(std::move(*row));
  }
  void on_step(const Moment&, const facts::StatementEffects&, std::size_t) override {}
  void on_problem(const Moment&, const ir::Step&, const catalog::Problem&) override {}
  void on_part_end(const Moment&) override {}

 private:
  std::vector<LockRow>& rows_;
};

/// Sums the rows [begin, end) of one transaction.
TransactionSum sum(std::span<const LockRow> rows, std::size_t begin, std::size_t end) {
  TransactionSum result{begin, end, {}};
  std::map<ir::QualifiedName, std::size_t> open;  // index in `result.locks`
  for (std::size_t i = begin; i < end; ++i) {
    for (const ir::QualifiedName& relation : rows[i].released) {
      const auto held = open.find(relation);
      if (held == open.end()) continue;
      result.locks[held->second].until = i;
      open.erase(held);
    }
    for (const facts::RelationLock& lock : rows[i].effects.locks) {
      const auto [held, first] = open.try_emplace(lock.relation, result.locks.size());
      if (first) {
        result.locks.push_back({lock.relation, lock.mode, i, end, Duration::instant});
      } else if (HeldSum& known = result.locks[held->second]; lock.mode > known.mode) {
        known.mode = lock.mode;
        known.since = i;
      }
    }
  }
  // The heaviest work from each statement on.
  std::vector<Duration> heaviest(end - begin + 1, Duration::instant);
  for (std::size_t i = end; i-- > begin;)
    heaviest[i - begin] = std::max(heaviest[i - begin + 1], duration_of(rows[i].effects));
  for (HeldSum& held : result.locks) {
    if (held.until == end) {
      held.heaviest = heaviest[held.since - begin];
      continue;
    }
    for (std::size_t i = held.since; i < held.until; ++i) held.heaviest = std::max(held.heaviest, duration_of(rows[i].effects));
  }
  std::ranges::stable_sort(result.locks, {}, &HeldSum::relation);
  return result;
}

}  // namespace

std::optional<LockRow> lock_row(const Moment& moment, const facts::StatementEffects& effects) {
  if (&moment.statement != &moment.outermost) return std::nullopt;
  LockRow row{.migration = &moment.migration,
              .direction = moment.direction,
              .statement = &moment.statement,
              .effects = effects.whole,
              .in_transaction = moment.transaction.open,
              .transaction = moment.transaction.number,
              .released = {}};
  for (const ir::QualifiedName& relation : moment.transaction.released) {
    if (moment.transaction.held.find(relation) == nullptr) row.released.push_back(relation);
  }
  std::erase_if(row.effects.locks, [&](const facts::RelationLock& lock) { return made_here(moment, lock) || held_already(moment, lock); });
  return row;
}

Duration duration_of(const facts::Effects& effects) {
  const auto grows = [](const facts::Work& work) { return work.cause != facts::Cause::truncate; };
  if (std::ranges::any_of(effects.rewrites, grows)) return Duration::rewrite;
  const bool reads = std::ranges::any_of(effects.scans, grows);
  // An index that is built without its table being read is that of a new table; one that is moved is copied.
  const bool builds = std::ranges::any_of(effects.builds, [&](const facts::Work& work) {
    return grows(work) && (reads || work.cause == facts::Cause::set_tablespace);
  });
  if (builds) return Duration::index_build;
  return reads ? Duration::scan : Duration::instant;
}

std::vector<TransactionSum> transaction_sums(std::span<const LockRow> rows) {
  std::vector<TransactionSum> sums;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    if (rows[begin].in_transaction) {
      while (end < rows.size() && rows[end].in_transaction && rows[end].transaction == rows[begin].transaction) ++end;
      TransactionSum one = sum(rows, begin, end);
      if (!one.locks.empty()) sums.push_back(std::move(one));
    }
    begin = end;
  }
  return sums;
}

std::vector<LockRow> lock_rows(const History& history, const ReplayOptions& options,
                               const std::function<Judged(const ir::Migration&)>& judged) {
  std::vector<LockRow> rows;
  Collector collector(rows);
  Replay replay(options);
  for (const ir::Migration& migration : history.migrations) replay.run(history, migration, judged(migration), &collector);
  return rows;
}

}  // namespace whimbrel::history
