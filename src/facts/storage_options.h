// Storage options of tables and indexes: the lock that SET and RESET take, and since when they exist.
#pragma once

#include <string_view>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/ir/operation.h"

namespace whimbrel::facts {

/// The strongest lock of SET or RESET (options) and the first version that knows all of them (reloptions.c).
struct OptionEffect {
  LockMode lock = LockMode::share_update_exclusive;
  int since = 10;
};
OptionEffect option_effect(const std::vector<ir::Option>& options, ir::ObjectKind kind);

}  // namespace whimbrel::facts
