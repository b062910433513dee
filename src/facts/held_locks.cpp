// The locks that an open transaction holds.
#include "whimbrel/facts/held_locks.h"

#include <utility>

namespace whimbrel::facts {

const HeldLock* HeldLocks::find(const ir::QualifiedName& relation) const {
  const auto found = at_.find(relation);
  return found == at_.end() ? nullptr : &locks_[found->second];
}

void HeldLocks::take(HeldLock lock) {
  const auto [found, first] = at_.try_emplace(lock.relation, locks_.size());
  const std::size_t at = found->second;
  if (first) {
    log_.push_back({at, std::nullopt});
    locks_.push_back(std::move(lock));
  } else if (locks_[at].mode < lock.mode) {
    log_.push_back({at, std::exchange(locks_[at], std::move(lock))});
  }
}

void HeldLocks::rename(const ir::QualifiedName& from, const ir::QualifiedName& to) {
  const auto found = at_.find(from);
  if (found == at_.end() || at_.contains(to)) return;
  const std::size_t at = found->second;
  log_.push_back({at, locks_[at]});
  at_.erase(found);
  at_.emplace(to, at);
  locks_[at].relation = to;
}

std::vector<ir::QualifiedName> HeldLocks::back_to(Moment moment) {
  std::vector<ir::QualifiedName> released;
  while (log_.size() > moment) {
    Change change = std::move(log_.back());
    log_.pop_back();
    HeldLock& lock = locks_[change.at];
    at_.erase(lock.relation);
    released.push_back(lock.relation);
    if (change.before) {
      lock = std::move(*change.before);
      at_.emplace(lock.relation, change.at);
    } else {
      locks_.pop_back();  // the last one: what came later is undone already
    }
  }
  return released;
}

}  // namespace whimbrel::facts
