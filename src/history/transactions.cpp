// The transaction that statements run in: begun, ended, undone, with its savepoints and the locks that it holds.
#include "transactions.h"

#include <utility>
#include <vector>

#include "whimbrel/catalog/apply.h"

namespace whimbrel::history {

void Transactions::start(std::uint64_t number) {
  state_ = {};
  state_.number = number;
  session_.transaction() = {};
  session_.transaction().number = number;
}

void Transactions::next_alone() { start(++numbers_); }

Transactions::Savepoint Transactions::here(std::string_view name) {
  const facts::TransactionFacts& facts = session_.transaction();
  return {std::string(name), catalog_.now(),           session_.snapshot(), state_.held.now(), facts.new_enum_values.now(),
          facts.pending_events.now(), facts.deferral};
}

void Transactions::begin(Kind kind, Span opened, bool continued) {
  start(continued && state_.number != 0 ? state_.number : ++numbers_);
  state_.open = true;
  state_.kind = kind;
  state_.opened = opened;
  savepoints_.clear();
  savepoints_.push_back(here(""));
}

void Transactions::become_block(Span opened) {
  state_.kind = Kind::explicit_block;
  state_.opened = opened;
}

void Transactions::close() {
  start(0);
  savepoints_.clear();
}

void drop_on_commit(catalog::Catalog& catalog) {
  if (!catalog.has_temporary()) return;
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
  savepoints_.push_back(here(name));
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
  state_.released = state_.held.back_to(savepoint.held);
  facts::TransactionFacts& facts = session_.transaction();
  facts.new_enum_values.back_to(savepoint.new_enum_values);
  facts.pending_events.back_to(savepoint.pending_events);
  facts.deferral = savepoint.deferral;
}

Transactions::Suspended Transactions::suspend() {
  Suspended suspended{std::move(state_), std::move(session_.transaction()), std::move(savepoints_)};
  close();
  return suspended;
}

void Transactions::resume(Suspended suspended) {
  state_ = std::move(suspended.state);
  session_.transaction() = std::move(suspended.facts);
  savepoints_ = std::move(suspended.savepoints);
}

void Transactions::hold(const facts::Effects& effects, Span statement, std::uint32_t part) {
  if (!state_.open) return;
  for (const facts::RelationLock& lock : effects.locks) {
    state_.held.take({lock.relation, lock.mode, statement, state_.statements, part});
  }
}

void Transactions::rename(const ir::QualifiedName& from, const ir::QualifiedName& to) { state_.held.rename(from, to); }

void Transactions::note_passes(const facts::Effects& effects, Span statement, std::uint32_t part) {
  if (!state_.open) return;
  for (const facts::Work& work : effects.rewrites) state_.passes.push_back({work.relation, true, statement, part});
  for (const facts::Work& work : effects.scans) {
    if (facts::pass_over(effects, work.relation) == false) state_.passes.push_back({work.relation, false, statement, part});
  }
}

}  // namespace whimbrel::history
