// The transaction that statements run in: begun, ended, undone, with its savepoints and the locks that it holds.
#include "transactions.h"

#include <utility>
#include <vector>

#include "whimbrel/catalog/apply.h"

namespace whimbrel::history {

void Transactions::next_alone() {
  state_ = {};
  held_at_.clear();
  state_.number = ++numbers_;
}

void Transactions::begin(Kind kind, Span opened, bool continued) {
  const std::uint64_t number = continued && state_.number != 0 ? state_.number : ++numbers_;
  state_ = {};
  held_at_.clear();
  state_.open = true;
  state_.kind = kind;
  state_.opened = opened;
  state_.number = number;
  savepoints_.clear();
  savepoints_.push_back({"", catalog_.now(), session_.snapshot(), {}});
}

void Transactions::become_block(Span opened) {
  state_.kind = Kind::explicit_block;
  state_.opened = opened;
}

void Transactions::close() {
  state_ = {};
  held_at_.clear();
  savepoints_.clear();
}

void drop_on_commit(catalog::Catalog& catalog) {
  std::vector<ir::Operation> drops;
  for (auto at = catalog.relations().lower_bound({"pg_temp", ""}); at != catalog.relations().end() && at->first.schema == "pg_temp"; ++at) {
    if (at->second->on_commit_drop) drops.emplace_back(ir::op::DropTable{.table = {at->first, {}}, .if_exists = true, .cascade = true});
  }
  for (ir::Operation& drop : drops) catalog::apply(catalog, {std::move(drop), {}});
}

void Transactions::commit() {
  if (!state_.open) return;
  close();
  drop_on_commit(catalog_);
  session_.commit();
}

void Transactions::rollback() {
  if (!state_.open) return;
  const Savepoint start = savepoints_.front();
  close();
  catalog_.rollback_to(start.moment);
  session_.restore(start.session);
}

void Transactions::savepoint(std::string_view name) {
  if (!state_.open) return;
  savepoints_.push_back({std::string(name), catalog_.now(), session_.snapshot(), state_.held});
}

/// The latest of that name; 0, the transaction's beginning, where there is none.
std::size_t Transactions::find_savepoint(std::string_view name) const {
  for (std::size_t i = savepoints_.size(); i-- > 1;) {
    if (savepoints_[i].name == name) return i;
  }
  return 0;
}

void Transactions::release(std::string_view name) {
  if (const std::size_t at = find_savepoint(name); at > 0) {
    savepoints_.erase(savepoints_.begin() + static_cast<std::ptrdiff_t>(at), savepoints_.end());
  }
}

void Transactions::rollback_to(std::string_view name) {
  const std::size_t at = find_savepoint(name);
  if (at == 0) return;  // an error of the server, which ends the transaction; nothing that could be undone with sense
  savepoints_.erase(savepoints_.begin() + static_cast<std::ptrdiff_t>(at) + 1, savepoints_.end());
  const Savepoint& savepoint = savepoints_[at];
  catalog_.rollback_to(savepoint.moment);
  session_.restore(savepoint.session);
  state_.held = savepoint.held;
  held_at_.clear();
  for (std::size_t i = 0; i < state_.held.size(); ++i) held_at_.emplace(state_.held[i].relation, i);
}

Transactions::Suspended Transactions::suspend() {
  Suspended suspended{std::move(state_), std::move(held_at_), std::move(savepoints_)};
  close();
  return suspended;
}

void Transactions::resume(Suspended suspended) {
  state_ = std::move(suspended.state);
  held_at_ = std::move(suspended.held_at);
  savepoints_ = std::move(suspended.savepoints);
}

void Transactions::hold(const facts::Effects& effects, Span statement, std::uint32_t part) {
  if (!state_.open) return;
  for (const facts::RelationLock& lock : effects.locks) {
    const auto [at, first] = held_at_.try_emplace(lock.relation, state_.held.size());
    if (first) {
      state_.held.push_back({lock.relation, lock.mode, statement, state_.statements, part});
      continue;
    }
    facts::HeldLock& held = state_.held[at->second];
    if (held.mode < lock.mode) {
      held.mode = lock.mode;
      held.since = statement;
      held.statement = state_.statements;
      held.part = part;
    }
  }
}

void Transactions::rename(const ir::QualifiedName& from, const ir::QualifiedName& to) {
  const auto found = held_at_.find(from);
  if (found == held_at_.end() || held_at_.contains(to)) return;
  const std::size_t at = found->second;
  held_at_.erase(found);
  held_at_.emplace(to, at);
  state_.held[at].relation = to;
}

void Transactions::note_passes(const facts::Effects& effects, Span statement, std::uint32_t part) {
  if (!state_.open) return;
  for (const facts::Work& work : effects.rewrites) state_.passes.push_back({work.relation, true, statement, part});
  for (const facts::Work& work : effects.scans) {
    if (facts::pass_over(effects, work.relation) == false) state_.passes.push_back({work.relation, false, statement, part});
  }
}

}  // namespace whimbrel::history
