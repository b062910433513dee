// Collecting effects, and the questions that readers of effects ask.
#include "gather.h"

#include <algorithm>
#include <tuple>

namespace whimbrel::facts {
namespace {

/// Once a relation: a work that certainly happens beats one that may.
void add_work(std::vector<Work>& works, const QualifiedName& relation, const QualifiedName& table, Cause cause,
              Tri happens) {
  if (happens == Tri::no) return;
  for (Work& work : works) {
    if (work.relation != relation) continue;
    if (happens == Tri::yes && work.happens != Tri::yes) {
      work.happens = happens;
      work.cause = cause;
    }
    return;
  }
  works.push_back({relation, cause, table, happens});
}

const Work* find_work(const std::vector<Work>& works, const QualifiedName& relation) {
  const auto found = std::ranges::find(works, relation, &Work::relation);
  return found == works.end() ? nullptr : &*found;
}

}  // namespace

void Gather::lock(const QualifiedName& relation, LockMode mode, RelationSort sort) {
  if (mode == LockMode::none) return;
  const auto found = std::ranges::find(effects_.locks, relation, &RelationLock::relation);
  if (found == effects_.locks.end()) {
    effects_.locks.push_back({relation, sort, mode});
  } else {
    found->mode = std::max(found->mode, mode);
  }
}

void Gather::rewrite(const QualifiedName& relation, Cause cause, Tri happens) {
  add_work(effects_.rewrites, relation, relation, cause, happens);
}
void Gather::scan(const QualifiedName& relation, Cause cause, Tri happens) {
  add_work(effects_.scans, relation, relation, cause, happens);
}
void Gather::build(const QualifiedName& index, const QualifiedName& table, Cause cause, Tri happens) {
  add_work(effects_.builds, index, table, cause, happens);
}

void Gather::fail(std::string_view sqlstate, std::string reason) {
  if (!effects_.error.empty()) return;
  effects_.error = sqlstate;
  effects_.error_reason = std::move(reason);
}

void Gather::may_fail(std::string_view sqlstate, std::string reason) {
  if (!effects_.possible_error.empty()) return;
  effects_.possible_error = sqlstate;
  if (effects_.error.empty()) effects_.error_reason = std::move(reason);
}

void Gather::merge(const Effects& other) {
  for (const RelationLock& one : other.locks) lock(one.relation, one.mode, one.sort);
  for (const Work& work : other.rewrites)
    add_work(effects_.rewrites, work.relation, work.table, work.cause, work.happens);
  for (const Work& work : other.scans) add_work(effects_.scans, work.relation, work.table, work.cause, work.happens);
  for (const Work& work : other.builds) add_work(effects_.builds, work.relation, work.table, work.cause, work.happens);
  if (!other.error.empty()) fail(other.error, other.error_reason);
  if (!other.possible_error.empty()) may_fail(other.possible_error, other.error_reason);
  if (other.forbids_transaction) forbid_transaction();
  if (!other.certain) uncertain();
}

Effects Gather::finish() && {
  std::ranges::sort(effects_.locks, {}, &RelationLock::relation);
  std::ranges::sort(effects_.rewrites, {}, &Work::relation);
  std::ranges::sort(effects_.scans, {}, &Work::relation);
  std::ranges::sort(effects_.builds, {}, &Work::relation);
  return std::move(effects_);
}

void settle_error(Effects& whole) {
  if (whole.error.empty()) return;
  if (!whole.forbids_transaction) whole.locks.clear();
  whole.rewrites.clear();
  whole.scans.clear();
  whole.builds.clear();
  whole.possible_error.clear();
}

LockMode Effects::lock_on(const QualifiedName& relation) const {
  const auto found = std::ranges::find(locks, relation, &RelationLock::relation);
  return found == locks.end() ? LockMode::none : found->mode;
}

const Work* Effects::rewrite_of(const QualifiedName& relation) const { return find_work(rewrites, relation); }
const Work* Effects::scan_of(const QualifiedName& relation) const { return find_work(scans, relation); }

std::optional<bool> pass_over(const Effects& effects, const QualifiedName& table) {
  if (effects.rewrite_of(table) != nullptr) return true;
  const Work* scan = effects.scan_of(table);
  if (scan != nullptr && (scan->cause == Cause::check || scan->cause == Cause::not_null)) return false;
  return std::nullopt;
}

}  // namespace whimbrel::facts
