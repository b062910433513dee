// What one file cannot say: habitual names among their neighbours, and the configuration files of the runners.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "read.h"
#include "settings.h"
#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

using Migrations = std::vector<ir::Migration>;

FileId file_of_migration(const ir::Migration& migration) { return migration.id_span.file; }

bool has_no_up_part(const ir::Migration& migration) { return migration.up.state == ir::PartState::missing; }

void run_as(ir::Migration& migration, ir::TransactionMode mode) {
  migration.transaction = mode;
  for (ir::Part* part : {&migration.up, &migration.down}) {
    if (part->state != ir::PartState::missing) part->transaction = mode;
  }
}

void run_by(ir::Migration& migration, const Runner& runner) {
  migration.runner = runner.name;
  if (runner.transaction) run_as(migration, *runner.transaction);
}

// ---- names of habit
// -----------------------------------------------------------------------------------------------------

/// The version at the front of an order key; empty for names without one.
std::string_view version_of(std::string_view sort_key) {
  if (!sort_key.starts_with("0 ")) return {};
  return sort_key.substr(0, sort_key.find(' ', 2));
}

/// A file `x_down.sql` or `x_rollback.sql` undoes `x.sql`, `x_up.sql`, or the one other file of its version. Without
/// any of them the word belongs to the name (`0007_scale_down.sql`), and the file goes up.
void settle_habits(Migrations& migrations, const Sources& sources) {
  if (std::ranges::none_of(migrations, has_no_up_part)) return;
  std::map<std::string, std::size_t, std::less<>> up_by_id;
  std::map<std::string, std::vector<std::size_t>, std::less<>> up_by_version;
  std::vector<std::size_t> by_habit;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    const ir::Migration& one = migrations[i];
    if (one.up.state != ir::PartState::missing) {
      up_by_id.emplace(one.id, i);
      up_by_version[std::string(version_of(one.sort_key))].push_back(i);
    } else if (read_name(sources[file_of_migration(one)].path).by_habit) {
      by_habit.push_back(i);
    }
  }
  for (const std::size_t i : by_habit) {
    ir::Migration& down = migrations[i];
    if (up_by_id.contains(down.id)) continue;
    bool joined = false;
    for (const std::string_view ending : {"_up", "-up"}) {
      const auto partner = up_by_id.find(down.id + std::string(ending));
      if (joined || partner == up_by_id.end()) continue;
      ir::Migration& up = migrations[partner->second];
      up.id = down.id;
      up.sort_key = down.sort_key;
      joined = true;
    }
    if (joined) continue;
    const std::string_view version = version_of(down.sort_key);
    const auto same = up_by_version.find(version);
    if (!version.empty() && same != up_by_version.end() && same->second.size() == 1) {
      down.id = migrations[same->second.front()].id;
      down.sort_key = migrations[same->second.front()].sort_key;
      continue;
    }
    const std::string_view file = file_of(sources[file_of_migration(down)].path);
    down.id = file.substr(0, file.size() - 4);
    down.sort_key = order_key(down.id);
    std::swap(down.up, down.down);
  }
}

/// Where the names of the two halves differ, runners pair them by version.
void pair_by_version(Migrations& migrations) {
  if (std::ranges::none_of(migrations, has_no_up_part)) return;
  std::map<std::string, std::vector<std::size_t>, std::less<>> up_by_version;
  std::set<std::string, std::less<>> up_ids;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (migrations[i].up.state == ir::PartState::missing) continue;
    up_by_version[std::string(version_of(migrations[i].sort_key))].push_back(i);
    up_ids.insert(migrations[i].id);
  }
  for (ir::Migration& half : migrations) {
    if (half.up.state != ir::PartState::missing || half.runner != kGolangMigrate.name || up_ids.contains(half.id)) continue;
    const std::string_view version = version_of(half.sort_key);
    const auto same = up_by_version.find(version);
    if (version.empty() || same == up_by_version.end() || same->second.size() != 1) continue;
    half.id = migrations[same->second.front()].id;
    half.sort_key = migrations[same->second.front()].sort_key;
  }
}

/// What the runner remembers in its table: the number before the name. Of an unknown runner only a short number is sure to be one; it may put
/// several files of a day in the order of their names.
void number(ir::Migration& migration) {
  constexpr std::array kByNumber{&kGoose, &kDbmate,   &kGolangMigrate, &kSqlx,   &kDiesel,    &kHasura,
                                 &kSupabase, &kAtlas, &kPostgresMigrations, &kMyBatis, &kTern, &kGraphile};
  constexpr std::size_t kLongestSequence = 6;
  std::string_view version = version_of(migration.sort_key);
  if (version.empty() || migration.repeatable) return;
  version.remove_prefix(2);
  const bool several = version.contains('.');
  version = version.substr(0, version.find('.'));
  const std::size_t digits = version.size() - std::min(version.find_first_not_of('0'), version.size());
  const bool known = std::ranges::any_of(kByNumber, [&](const Runner* runner) { return migration.runner == runner->name; });
  const bool sequence = migration.runner == kPlain.name && !several && digits <= kLongestSequence;
  if (known || sequence) migration.version = version;
}

// ---- files beside
// ---------------------------------------------------------------------------------------------------------

std::string beside(const ir::Migration& migration, const Sources& sources) {
  const std::string_view path = sources[file_of_migration(migration)].path;
  const std::string history = history_of(path);
  return std::string(history == "." ? path : path.substr(std::min(path.size(), history.size() + 1)));
}

void settle_diesel(ir::Migration& migration, const frontend::NearbyFile& nearby) {
  const auto metadata = nearby(migration.id + "/metadata.toml");
  if (!metadata) return;
  const auto runs = setting(*metadata, "run_in_transaction");
  if (runs && *runs == "false") run_as(migration, ir::TransactionMode::none);
}

struct FlywaySettings {
  bool group = false;  ///< all pending migrations share one transaction
  bool mixed = false;  ///< a script with some non-transactional statement runs without one
};

FlywaySettings flyway_settings(const frontend::NearbyFile& nearby) {
  const auto text = flyway_configuration(nearby);
  if (!text) return {};
  return {.group = setting(*text, "group") == "true", .mixed = setting(*text, "mixed") == "true"};
}

void settle_flyway(ir::Migration& migration, FlywaySettings settings, const Sources& sources,
                   const frontend::NearbyFile& nearby) {
  const bool wrapped = migration.transaction != ir::TransactionMode::none;
  if (wrapped && settings.group) run_as(migration, ir::TransactionMode::single);
  if (settings.mixed && (has_non_transactional(migration.up) || has_non_transactional(migration.down))) {
    run_as(migration, ir::TransactionMode::none);
  }
  const auto configuration = nearby(beside(migration, sources) + ".conf");
  if (!configuration) return;
  const auto runs = setting(*configuration, "executeInTransaction");
  if (runs && *runs == "false") run_as(migration, ir::TransactionMode::none);
}

/// A runner that only some files of a history name, in a comment, runs the others too.
const Runner* runner_of_neighbours(const Migrations& migrations) {
  constexpr std::array kNamedByComment{&kSqlx, &kPostgresMigrations, &kAtlas,        &kDrizzle,
                                       &kTern, &kGraphile,           &kNodePgMigrate};
  for (const Runner* runner : kNamedByComment) {
    if (std::ranges::any_of(migrations, [&](const ir::Migration& one) { return one.runner == runner->name; }))
      return runner;
  }
  return nullptr;
}

/// The runner whose own file lies beside the migrations, or whose library the program around them uses.
const Runner* runner_of_folder(const frontend::NearbyFile& nearby) {
  if (nearby("atlas.sum")) return &kAtlas;
  if (nearby("meta/_journal.json")) return &kDrizzle;
  for (const std::string_view up : {"", "../", "../../"}) {
    if (nearby(std::string(up) + "go.mod")) return nullptr;
    if (const auto cargo = nearby(std::string(up) + "Cargo.toml")) {
      return cargo->find("sqlx") != std::string::npos ? &kSqlx : nullptr;
    }
  }
  return nullptr;
}

/// Sqitch replays in the order of its plan: one change a line, after pragmas (`%`), comments and tags (`@`).
void settle_sqitch(Migrations& migrations, const std::string& plan) {
  std::map<std::string, std::size_t, std::less<>> place;
  std::size_t number = 0;
  for (std::string_view rest = plan; !rest.empty();) {
    const std::size_t newline = rest.find('\n');
    std::string_view line = trim(rest.substr(0, newline));
    rest = newline == std::string_view::npos ? std::string_view{} : rest.substr(newline + 1);
    if (line.empty() || line[0] == '%' || line[0] == '@' || line[0] == '#') continue;
    if (line[0] == '+') line = trim(line.substr(1));
    place[std::string(line.substr(0, line.find_first_of(" \t")))] = ++number;
  }
  for (ir::Migration& one : migrations) {
    const auto found = place.find(one.id);
    if (found == place.end()) continue;
    one.sort_key = fmt::format("0 {:020}", found->second);
    run_by(one, kSqitch);
  }
}

}  // namespace

namespace {

void settle_runners(Migrations& migrations, const Sources& sources, const frontend::NearbyFile& nearby) {
  const auto runs_flyway = [](const ir::Migration& one) { return one.runner == kFlyway.name; };
  const FlywaySettings flyway =
      std::ranges::any_of(migrations, runs_flyway) ? flyway_settings(nearby) : FlywaySettings{};
  bool asks_for_runner = false;
  for (ir::Migration& one : migrations) {
    if (one.runner == kDiesel.name) settle_diesel(one, nearby);
    if (runs_flyway(one)) settle_flyway(one, flyway, sources, nearby);
    asks_for_runner |= one.runner == kPlain.name || one.runner == kGolangMigrate.name;
  }
  if (!asks_for_runner) return;
  if (const auto plan = nearby("sqitch.plan")) {
    settle_sqitch(migrations, *plan);
    return;
  }
  const Runner* runner = runner_of_neighbours(migrations);
  if (runner == nullptr) runner = runner_of_folder(nearby);
  if (runner == nullptr) return;
  for (ir::Migration& one : migrations) {
    if (one.runner == kPlain.name || one.runner == kGolangMigrate.name) run_by(one, *runner);
  }
}

}  // namespace

void settle(Migrations& migrations, const Sources& sources, const frontend::NearbyFile& nearby, const frontend::Surroundings& /*surroundings*/) {
  settle_habits(migrations, sources);
  pair_by_version(migrations);
  settle_runners(migrations, sources, nearby);
  for (ir::Migration& one : migrations) number(one);
}

}  // namespace whimbrel::frontends::sql_files
