// PostgreSQL's table-level lock modes: names, strength and what they block.
// Facts: manual, "Explicit Locking", table 13.2 (Conflicting Lock Modes).
#pragma once

#include <cstdint>
#include <string_view>

namespace whimbrel {

/// In the manual's order; a later one is called "stronger" (SHARE UPDATE EXCLUSIVE and SHARE are ordered by the manual's table).
enum class LockMode : std::uint8_t {
  none,
  access_share,
  row_share,
  row_exclusive,
  share_update_exclusive,
  share,
  share_row_exclusive,
  exclusive,
  access_exclusive,
};

/// "ACCESS EXCLUSIVE"; "" for none.
std::string_view lock_mode_name(LockMode mode);
/// Whether a second session asking for `wanted` waits while another holds `held`.
bool conflicts(LockMode held, LockMode wanted);
/// SELECT waits (only ACCESS EXCLUSIVE does that).
inline bool blocks_reads(LockMode mode) { return conflicts(mode, LockMode::access_share); }
/// INSERT, UPDATE, DELETE wait.
inline bool blocks_writes(LockMode mode) { return conflicts(mode, LockMode::row_exclusive); }

}  // namespace whimbrel
