// A history: the migrations that replay together, in order.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "whimbrel/frontend/front_end.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::history {

/// What is wrong with the order itself. Never stops the linting.
struct OrderProblem {
  enum class Kind : std::uint8_t {
    missing_parent,
    cycle,
    multiple_heads,
    duplicate_id,
    multiple_bases,
    duplicate_version,   ///< another id, but the runner tells them apart by the version alone
    out_of_order,        ///< new, and before one that was there already (`compare_with_past`)
    edited,              ///< was there already, and its up part has changed since (`compare_with_past`)
  } kind = Kind::missing_parent;
  std::string id;                        ///< the migration it is reported at
  Span span;
  std::string detail;                    ///< the parent that is missing, the other head, the ids of the cycle, the later one, the old statement
  std::vector<Span> others;              ///< places of the other ones
};

struct History {
  std::string key;                       ///< the folder
  frontend::Surroundings surroundings;
  std::vector<ir::Migration> migrations; ///< in replay order after `arrange`
  std::vector<OrderProblem> problems;
  bool has_down_parts = false;           ///< at least one migration has a down part: then a missing one is worth telling
};

/// The first folder below the history's own that a migration lies in; empty: in that folder itself.
using FolderOf = std::function<std::string(const ir::Migration& migration)>;

/// What replays together out of one folder of histories.
struct Separate {
  std::string folder;                    ///< the subfolder, the first of several; empty: the history's own
  std::vector<ir::Migration> migrations;
};

/// Revisions in subfolders that no link joins, each subfolder a whole graph from its base on: one history each (one a dialect, one a
/// database, of which the program chooses). Else, and for runners that order by version, all of them are one history.
std::vector<Separate> separate(std::vector<ir::Migration> migrations, const FolderOf& folder_of);

/// Joins readings that hold one direction each, orders by version (sort_key) or by the revision graph (parents first; ties by id, so
/// the order never depends on the order of files), and notes what is wrong with the graph.
History arrange(std::string key, frontend::Surroundings surroundings, std::vector<ir::Migration> readings);
/// Puts the problems into the order of their places, in which they are looked up.
void sort_problems(History& history);

}  // namespace whimbrel::history
