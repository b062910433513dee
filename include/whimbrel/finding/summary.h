// What one migration does, for a person who reads a pull request: facts of the replay, nothing judged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/span.h"

namespace whimbrel {

enum class ChangeArea : std::uint8_t { table, column, index, constraint, data, other };

/// "adds column" "users.email" "text, not null": verb for people, the rest as SQL.
struct Change {
  ChangeArea area = ChangeArea::other;
  std::string verb;
  std::string object;
  std::string detail;     ///< may be empty
  Span span{};
  bool certain = true;    ///< false: it stands under a condition that cannot be told
};

/// A lock that other sessions feel: on a relation that holds somebody's rows, and strong enough that writes wait.
struct FeltLock {
  std::string relation;
  LockMode mode = LockMode::none;
  Span since;             ///< the statement that takes it
  std::string work;       ///< what is done meanwhile, where that grows with the data: "rewrites orders"; empty: it lasts a moment
  Span working;           ///< the statement that does it
  bool in_transaction = false;   ///< it is held until its transaction ends, not only until its statement does
};

/// A thing that is gone with what it held: "the values of" "users.note".
struct Loss {
  std::string what;
  std::string name;
  bool everything = true;   ///< false: only some of it, such as what a condition chooses
};

/// A statement that the data may make fail.
struct DataDoubt {
  Span span;
  std::string sqlstate;
  std::string reason;     ///< one sentence
};

/// What the down part makes of the schema, as far as it was replayed.
enum class WayBack : std::uint8_t {
  restores,
  differs,      ///< `not_restored` says in what
  fails,
  empty,        ///< is there and does nothing, though there is something to undo
  refuses,
  missing,
  not_judged,   ///< is there, but was not asked for
  unknown,      ///< something in it, or in the up part, could not be read
  not_needed,   ///< the up part leaves nothing to undo
};

struct MigrationSummary {
  std::string id;
  std::string title;      ///< the message or header, if any
  bool up_judged = true;  ///< false: only the down part was asked for
  Span up;
  Span down;              ///< without a down part the file of the up part
  std::vector<Change> changes;
  std::vector<FeltLock> locks;
  std::vector<std::string> gone;            ///< names that running code may still use: dropped or renamed
  std::vector<Loss> lost;                   ///< by the up part
  std::vector<Loss> lost_going_back;        ///< by the down part
  WayBack way_back = WayBack::missing;
  std::vector<std::string> not_restored;
  std::vector<DataDoubt> doubts;
  std::vector<Span> unknown;                ///< places that could not be read
  std::string failure;                      ///< of a statement that certainly fails: why; empty: none does
  bool has_lock_timeout = true;             ///< false: a lock is waited for without a limit
  bool certain = true;                      ///< false: a missing fact decided about locks or work; the likely worst case is given
};

}  // namespace whimbrel
