// A history and what it was before: what changed in a migration, and what that does to the order.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "whimbrel/base/source.h"
#include "whimbrel/history/history.h"

namespace whimbrel::history {

/// Where a part is no longer what it was.
struct Difference {
  Span now;          ///< the first statement that is another one; the part where one is gone from its end
  std::string was;   ///< what stood there, on one line; empty: nothing
};

/// Compares statement by statement what is run: neither layout nor comments nor the names of a program's variables count. Nothing: the same.
std::optional<Difference> first_difference(const ir::Part& now, const Sources& sources_now, const ir::Part& then, const Sources& sources_then);

/// What has become of the up part of a migration.
struct UpChange {
  bool is_new = false;                     ///< the migration was not there
  std::optional<Difference> difference;    ///< it was, and it has changed
};

/// Adds to the problems of an arranged history: new migrations before such as were there, and such as were there and changed.
void compare_with_past(History& history, const std::function<UpChange(const ir::Migration&)>& change_of);

}  // namespace whimbrel::history
