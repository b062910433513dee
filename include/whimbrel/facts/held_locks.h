// The locks that an open transaction holds: in the order of their first taking, found by name, given back by ROLLBACK TO.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/span.h"
#include "whimbrel/ir/names.h"

namespace whimbrel::facts {

/// A lock that the open transaction holds.
struct HeldLock {
  ir::QualifiedName relation;             ///< resolved
  LockMode mode = LockMode::none;
  Span since;                             ///< the statement that took it
  std::uint32_t statement = 0;            ///< its number in the transaction
  std::uint32_t part = 0;                 ///< the part of the history that took it, as in catalog::Origin: revisions may share a transaction
};

/// The strongest mode on each relation. Whatever else is held, a look-up costs its logarithm, and going back what was done since.
class HeldLocks {
 public:
  using Moment = std::size_t;

  [[nodiscard]] const HeldLock* find(const ir::QualifiedName& relation) const;
  [[nodiscard]] auto begin() const { return locks_.begin(); }
  [[nodiscard]] auto end() const { return locks_.end(); }
  [[nodiscard]] std::size_t size() const { return locks_.size(); }
  [[nodiscard]] bool empty() const { return locks_.empty(); }

  /// Counts where the relation is not locked, or not as strongly.
  void take(HeldLock lock);
  /// The relation has another name now; nothing where that is held already.
  void rename(const ir::QualifiedName& from, const ir::QualifiedName& to);

  [[nodiscard]] Moment now() const { return log_.size(); }
  /// The relations whose locks are given back, or are weaker now.
  std::vector<ir::QualifiedName> back_to(Moment moment);

 private:
  struct Change {
    std::size_t at = 0;                    ///< index in `locks_`
    std::optional<HeldLock> before;        ///< nothing: it was not held
  };
  std::vector<HeldLock> locks_;
  std::map<ir::QualifiedName, std::size_t> at_;
  std::vector<Change> log_;
};

}  // namespace whimbrel::facts
