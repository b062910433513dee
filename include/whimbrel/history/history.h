// A history: the migrations that replay together, in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "whimbrel/frontend/front_end.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::history {

/// What is wrong with the order itself. Never stops the linting.
struct OrderProblem {
  enum class Kind : std::uint8_t { missing_parent, cycle, multiple_heads, duplicate_id, multiple_bases } kind = Kind::missing_parent;
  std::string id;                        ///< the migration it is reported at
  Span span;
  std::string detail;                    ///< the parent that is missing, the other head, the ids of the cycle
  std::vector<Span> others;              ///< places of the other ones
};

struct History {
  std::string key;                       ///< the folder
  frontend::Surroundings surroundings;
  std::vector<ir::Migration> migrations; ///< in replay order after `arrange`
  std::vector<OrderProblem> problems;
  bool has_down_parts = false;           ///< at least one migration has a down part: then a missing one is worth telling
};

/// Joins readings that hold one direction each, orders by version (sort_key) or by the revision graph (parents first; ties by id, so
/// the order never depends on the order of files), and notes what is wrong with the graph.
History arrange(std::string key, frontend::Surroundings surroundings, std::vector<ir::Migration> readings);

}  // namespace whimbrel::history
