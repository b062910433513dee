// From what files say to a history: joins halves, finds the replay order, notes duplicates.
#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "graph.h"
#include "whimbrel/history/history.h"

namespace whimbrel::history {

namespace {

bool only_up(const ir::Migration& migration) {
  return migration.up.state != ir::PartState::missing && migration.down.state == ir::PartState::missing;
}

bool only_down(const ir::Migration& migration) {
  return migration.up.state == ir::PartState::missing && migration.down.state != ir::PartState::missing;
}

void add_down(ir::Migration& migration, ir::Migration half) {
  migration.down = std::move(half.down);
  if (!migration.down.transaction) migration.down.transaction = half.transaction;  // what the down file says of itself
  std::ranges::move(half.unknown, std::back_inserter(migration.unknown));
  if (migration.runner.empty()) migration.runner = std::move(half.runner);
}

/// Puts each file that holds a down part only behind the first of the same id that lacks one. `migrations` are sorted by id.
void join_halves(std::vector<ir::Migration>& migrations) {
  if (std::ranges::none_of(migrations, only_down)) return;
  std::vector<ir::Migration> joined;
  joined.reserve(migrations.size());
  for (std::size_t begin = 0; begin < migrations.size();) {
    std::size_t end = begin + 1;
    while (end < migrations.size() && !migrations[begin].id.empty() && migrations[end].id == migrations[begin].id) ++end;
    const std::size_t first = joined.size();
    std::vector<std::size_t> halves;
    for (std::size_t i = begin; i < end; ++i) {
      if (end - begin > 1 && only_down(migrations[i])) {
        halves.push_back(i);
      } else {
        joined.push_back(std::move(migrations[i]));
      }
    }
    std::size_t next = first;
    for (const std::size_t half : halves) {
      while (next < joined.size() && !only_up(joined[next])) ++next;
      if (next < joined.size()) {
        add_down(joined[next], std::move(migrations[half]));
      } else {
        joined.push_back(std::move(migrations[half]));
        ++next;
      }
    }
    begin = end;
  }
  migrations = std::move(joined);
}

/// Two migrations of one id, both with an up part. `migrations` are sorted by id.
void note_duplicates(History& history) {
  const ir::Migration* first = nullptr;
  for (const ir::Migration& migration : history.migrations) {
    if (migration.id.empty() || migration.up.state == ir::PartState::missing) continue;
    if (first != nullptr && first->id == migration.id) {
      history.problems.push_back(
          {OrderProblem::Kind::duplicate_id, migration.id, migration.id_span, migration.id, {first->id_span}});
    } else {
      first = &migration;
    }
  }
}

/// Two migrations that the runner cannot tell apart though their names differ. `migrations` are in replay order, so by version.
void note_equal_versions(History& history) {
  const ir::Migration* first = nullptr;
  for (const ir::Migration& migration : history.migrations) {
    if (migration.version.empty() || migration.repeatable || migration.up.state == ir::PartState::missing) continue;
    if (first != nullptr && first->version == migration.version && first->id != migration.id) {
      history.problems.push_back({OrderProblem::Kind::duplicate_version, migration.id, migration.id_span, first->id, {first->id_span}});
    } else {
      first = &migration;
    }
  }
}

/// Runners that order by version say so with a sort key; a graph has parents.
bool is_graph(const std::vector<ir::Migration>& migrations) {
  return std::ranges::any_of(migrations, [](const ir::Migration& migration) { return !migration.parents.empty(); }) ||
         std::ranges::all_of(migrations, [](const ir::Migration& migration) { return migration.sort_key.empty(); });
}

auto by_id(const ir::Migration& migration) { return std::tie(migration.id, migration.id_span); }

auto by_version(const ir::Migration& migration) {
  return std::tie(migration.repeatable, migration.sort_key, migration.id, migration.id_span);
}

/// Files that are read in the order of their paths are mostly in order: a migration is large, and is not moved for nothing.
template <class Key>
void sort_by(std::vector<ir::Migration>& migrations, const Key& key) {
  if (!std::ranges::is_sorted(migrations, {}, key)) std::ranges::stable_sort(migrations, {}, key);
}

}  // namespace

History arrange(std::string key, frontend::Surroundings surroundings, std::vector<ir::Migration> readings) {
  History history{.key = std::move(key),
                  .surroundings = std::move(surroundings),
                  .migrations = std::move(readings),
                  .problems = {},
                  .has_down_parts = false};
  std::vector<ir::Migration>& migrations = history.migrations;
  sort_by(migrations, by_id);
  join_halves(migrations);
  note_duplicates(history);
  if (is_graph(migrations)) {
    order_by_graph(history);
  } else {
    sort_by(migrations, by_version);
    note_equal_versions(history);
  }
  sort_problems(history);
  history.has_down_parts = std::ranges::any_of(
      migrations, [](const ir::Migration& migration) { return migration.down.state != ir::PartState::missing; });
  return history;
}

void sort_problems(History& history) {
  std::ranges::stable_sort(history.problems, {},
                           [](const OrderProblem& problem) { return std::tie(problem.span, problem.kind); });
}

}  // namespace whimbrel::history
