// What an operation changes, in words.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "whimbrel/finding/summary.h"
#include "whimbrel/ir/operation.h"

namespace whimbrel::engine {

/// Nothing where it changes neither schema nor rows (SET, SELECT, COMMIT), and for what could not be read, which is told elsewhere.
/// `name_of` says a relation's name as the user knows it. The place is left to the caller.
std::optional<Change> describe(const ir::Operation& operation, const std::function<std::string(const ir::RelationName&)>& name_of);

}  // namespace whimbrel::engine
