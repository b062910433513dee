// Calls the selected rules at each moment of a replay, and counts what goes by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "suppress.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/finding/report.h"
#include "whimbrel/history/replay.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::engine {

/// The functions of the selected rules by what they are subscribed to: one look-up an event.
struct Dispatch {
  template <class Function>
  struct Entry {
    RuleId rule;
    Function call;
  };
  template <class Function>
  using List = std::vector<Entry<Function>>;

  std::array<List<rule::detail::OperationCheck>, rule::detail::kOperationCount> operation;
  List<decltype(rule::RuleChecks::on_statement)> statement;
  List<decltype(rule::RuleChecks::on_part_end)> part_end;
  List<decltype(rule::RuleChecks::on_migration_end)> migration_end;
  List<decltype(rule::RuleChecks::on_round_trip)> round_trip;
  List<decltype(rule::RuleChecks::on_history_end)> history_end;
  List<decltype(rule::RuleChecks::on_order_problem)> order_problem;
  List<decltype(rule::RuleChecks::on_catalog_problem)> catalog_problem;

  Dispatch(const std::vector<bool>& rules);
};

class Checker : public history::Observer {
 public:
  Checker(const Project& project, const RuleSwitches& switches, history::Lending& lending);

  /// Before the migrations of a history.
  void begin(const history::History& history);
  /// After the parts of a migration of which something is judged.
  void end_migration(const history::History& history, const ir::Migration& migration, history::Judged judged, const history::Replay& replay);

  /// After the last migration, where something of the history was judged and `looks_at_end`.
  void end_history(const history::History& history, const history::Replay& replay);
  /// Whether a selected rule asks what the whole history leaves: then nothing of it may be left out.
  [[nodiscard]] bool looks_at_end() const { return !up_.history_end.empty(); }

  /// What rules see of the history, for others that ask as they do.
  [[nodiscard]] const rule::HistoryView& view() const { return view_; }

  void on_statement(const history::Moment& moment, const facts::StatementEffects& effects) override;
  void on_step(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step) override;
  void on_problem(const history::Moment& moment, const ir::Step& step, const catalog::Problem& problem) override;
  void on_part_end(const history::Moment& moment) override;
  void on_round_trip(const history::Moment& moment, const history::RoundTrip& trip) override;

  /// By file: whether it had more findings than are kept. The rest of such a file was not judged.
  [[nodiscard]] const std::vector<bool>& full() const { return full_; }

  std::vector<Finding> findings;
  std::vector<UnknownPlace> unknown;
  std::uint32_t operations = 0;
  std::uint32_t migrations = 0;

 private:
  struct Afterwards {
    const history::History& history;
    const ir::Migration& migration;
    const catalog::Catalog& catalog;
  };
  template <class Entries, class Event>
  void call_all(const Entries& entries, const Event& event, const Afterwards& after);
  [[nodiscard]] const Dispatch& dispatch(const history::Moment& moment) const {
    return moment.direction == ir::Direction::up ? up_ : down_;
  }

  /// Whether the file of the part that runs has as many findings as are kept; said at the first statement that is left out.
  bool is_full(const history::Moment& moment);

  const Project& project_;
  std::optional<RuleId> bounds_;              ///< the rule that says so, where it is selected
  std::vector<std::uint32_t> kept_;           ///< findings by file
  std::vector<bool> full_;
  Dispatch up_;
  Dispatch down_;
  rule::Options options_;
  rule::HistoryView view_;
  std::vector<Finding> current_;   ///< of the migration that is being replayed
};

}  // namespace whimbrel::engine
