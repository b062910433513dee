// What a history locks, and the schema that it leaves: nothing is judged.
#include <fmt/format.h>

#include <algorithm>

#include "plan.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/check.h"
#include "words.h"

namespace whimbrel::engine {

namespace {

/// The history to look at: the one that has the migration, the only one where none is named.
Result<const history::History*> history_of(const Project& project, std::string_view at) {
  if (at.empty()) {
    if (project.histories.size() == 1) return &project.histories.front();
    std::string keys;
    for (const history::History& history : project.histories) keys += (keys.empty() ? "" : ", ") + printable(history.key);
    return fail(fmt::format("{} histories lie here ({}): name one of the folders", project.histories.size(), keys));
  }
  std::vector<std::string_view> ids;
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      if (migration.id == at) return &history;
      ids.push_back(migration.id);
    }
  }
  return fail(fmt::format("there is no migration '{}'{}", printable(at), did_you_mean(at, ids)));
}

/// Hands on the catalog at the end of each part that is observed.
class PartEnds final : public history::Observer {
 public:
  using Visit = std::function<void(const ir::Migration&, ir::Direction, const catalog::Catalog&)>;
  explicit PartEnds(const Visit& visit) : visit_(visit) {}
  void on_statement(const history::Moment&, const facts::StatementEffects&) override {}
  void on_step(const history::Moment&, const facts::StatementEffects&, std::size_t) override {}
  void on_problem(const history::Moment&, const ir::Step&, const catalog::Problem&) override {}
  void on_part_end(const history::Moment& moment) override { visit_(moment.migration, moment.direction, moment.catalog); }

 private:
  const Visit& visit_;
};

}  // namespace

std::vector<history::LockRow> lock_rows(const Project& project) {
  std::vector<history::LockRow> rows;
  for (const history::History& history : project.histories) {
    const Plan plan(project, history);
    const auto judged = [&](const ir::Migration& migration) {
      return plan.judged(static_cast<std::size_t>(&migration - history.migrations.data()));
    };
    std::ranges::move(history::lock_rows(history, replay_options(project.config), judged), std::back_inserter(rows));
  }
  return rows;
}

Result<catalog::Catalog> schema_at(const Project& project, std::string_view at) {
  if (project.histories.empty() && at.empty()) return catalog::Catalog(project.config.default_schema);
  const Result<const history::History*> history = history_of(project, at);
  if (!history) return std::unexpected(history.error());
  const Plan plan(project, **history);
  history::Replay replay(replay_options(project.config));
  const auto& migrations = (*history)->migrations;
  for (std::size_t i = 0; i < migrations.size() && (!at.empty() || i < plan.end()); ++i) {
    replay.run(**history, migrations[i], {.up = false, .down = false}, nullptr);
    if (!at.empty() && migrations[i].id == at) break;
  }
  return std::move(replay).take_catalog();
}

void each_schema(const Project& project, const std::function<void(const ir::Migration&, ir::Direction, const catalog::Catalog&)>& visit) {
  PartEnds downs(visit);
  for (const history::History& history : project.histories) {
    history::Replay replay(replay_options(project.config));
    for (const ir::Migration& migration : history.migrations) {
      replay.run(history, migration, {.up = false, .down = true}, &downs);
      visit(migration, ir::Direction::up, replay.catalog());
    }
  }
}

}  // namespace whimbrel::engine
