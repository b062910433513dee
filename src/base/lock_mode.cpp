// Which table-level lock modes exclude each other: manual, "Explicit Locking", table 13.2.
#include "whimbrel/base/lock_mode.h"

#include <array>
#include <cstddef>

namespace whimbrel {

namespace {

constexpr std::size_t kModes = 9;

constexpr unsigned bit(LockMode mode) { return 1U << static_cast<unsigned>(mode); }

constexpr unsigned bits(auto... modes) { return (bit(modes) | ...); }

/// For each held mode, the modes that wait for it. The server's own copy: LockConflicts in lock.c.
constexpr std::array<unsigned, kModes> kConflicts = [] {
  using enum LockMode;
  std::array<unsigned, kModes> table{};
  const auto row = [&](LockMode held, unsigned wanted) { table[static_cast<std::size_t>(held)] = wanted; };
  row(access_share, bits(access_exclusive));
  row(row_share, bits(exclusive, access_exclusive));
  row(row_exclusive, bits(share, share_row_exclusive, exclusive, access_exclusive));
  row(share_update_exclusive, bits(share_update_exclusive, share, share_row_exclusive, exclusive, access_exclusive));
  row(share, bits(row_exclusive, share_update_exclusive, share_row_exclusive, exclusive, access_exclusive));
  row(share_row_exclusive,
      bits(row_exclusive, share_update_exclusive, share, share_row_exclusive, exclusive, access_exclusive));
  row(exclusive,
      bits(row_share, row_exclusive, share_update_exclusive, share, share_row_exclusive, exclusive, access_exclusive));
  row(access_exclusive, bits(access_share, row_share, row_exclusive, share_update_exclusive, share, share_row_exclusive,
                             exclusive, access_exclusive));
  return table;
}();

}  // namespace

std::string_view lock_mode_name(LockMode mode) {
  switch (mode) {
    case LockMode::none:
      return "";
    case LockMode::access_share:
      return "ACCESS SHARE";
    case LockMode::row_share:
      return "ROW SHARE";
    case LockMode::row_exclusive:
      return "ROW EXCLUSIVE";
    case LockMode::share_update_exclusive:
      return "SHARE UPDATE EXCLUSIVE";
    case LockMode::share:
      return "SHARE";
    case LockMode::share_row_exclusive:
      return "SHARE ROW EXCLUSIVE";
    case LockMode::exclusive:
      return "EXCLUSIVE";
    case LockMode::access_exclusive:
      return "ACCESS EXCLUSIVE";
  }
  return "";
}

bool conflicts(LockMode held, LockMode wanted) {
  return (kConflicts[static_cast<std::size_t>(held)] & bit(wanted)) != 0 && wanted != LockMode::none;
}

}  // namespace whimbrel
