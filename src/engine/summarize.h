// Collects during the replay what each judged migration changes, locks, loses and leaves to be confirmed.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "whimbrel/finding/summary.h"
#include "whimbrel/history/locks.h"
#include "whimbrel/history/replay.h"
#include "whimbrel/rule/context.h"

namespace whimbrel::engine {

class Summarizer : public history::Observer {
 public:
  /// `view` of the history that is being replayed.
  explicit Summarizer(const rule::HistoryView& view) : view_(view) {}

  /// Before and after the parts of a migration of which something is judged.
  void begin_migration(const ir::Migration& migration, history::Judged judged);
  void end_migration(const ir::Migration& migration);
  /// After the last migration of a history: only then it is known how long the locks of shared transactions are held.
  void end_history();

  void on_statement(const history::Moment& moment, const facts::StatementEffects& effects) override;
  void on_step(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step) override;
  void on_problem(const history::Moment&, const ir::Step&, const catalog::Problem&) override {}
  void on_part_end(const history::Moment&) override {}
  void on_round_trip(const history::Moment& moment, const history::RoundTrip& trip) override;

  std::vector<MigrationSummary> summaries;   ///< in replay order, histories by their key

 private:
  /// What is noted of a statement beside its row.
  struct Note {
    std::size_t summary = 0;
    std::string work;   ///< "rewrites orders"; empty: nothing that grows with the data
  };
  void note_locks(const rule::Context& context, history::LockRow row);
  void note_loss(const rule::Context& context, std::string_view what, std::string name, bool everything = true);
  void note_losses(const rule::Context& context);
  void note_gone(const rule::Context& context);
  void add_lock(const history::HeldSum& held, bool shared);

  const rule::HistoryView& view_;
  std::vector<Finding> no_findings_;         ///< a context wants somewhere to report to
  std::vector<history::LockRow> rows_;       ///< of the history's up parts, with the locks that others feel
  std::vector<Note> notes_;                  ///< one for each row
  std::set<std::pair<bool, std::string>> told_;   ///< losses and gone names of the migration, so that each is told once
};

}  // namespace whimbrel::engine
