// The order of a revision graph: parents first, ties by id, cycles broken and told.
#pragma once

#include "whimbrel/history/history.h"

namespace whimbrel::history {

/// "a, b, c" of the first few, so that a hostile graph makes no endless sentence.
std::string join_ids(const std::vector<std::string>& ids);

/// Sorts `history.migrations`, which must be in the order of their ids, and adds what is wrong with the graph to `history.problems`.
void order_by_graph(History& history);

}  // namespace whimbrel::history
