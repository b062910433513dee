// The transaction that statements run in: begun, ended, undone, with its savepoints and the locks that it holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "session.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/effects.h"
#include "whimbrel/facts/session.h"

namespace whimbrel::history {

/// Temporary tables with ON COMMIT DROP end with their transaction.
void drop_on_commit(catalog::Catalog& catalog);

/// Changes the catalog and the session as PostgreSQL does at the ends of transactions.
class Transactions {
 public:
  using Kind = facts::TransactionState::Kind;

  Transactions(catalog::Catalog& catalog, Session& session) : catalog_(catalog), session_(session) {}

  [[nodiscard]] const facts::TransactionState& state() const { return state_; }
  [[nodiscard]] bool open() const { return state_.open; }

  /// The next statement is a transaction of its own.
  void next_alone();
  /// `continued`: the statement that is running alone becomes the transaction (a DO block with its body).
  void begin(Kind kind, Span opened, bool continued = false);
  /// BEGIN inside an implicit transaction: what ran before is in the block.
  void become_block(Span opened);
  void commit();
  void rollback();
  void savepoint(std::string_view name);
  void release(std::string_view name);
  void rollback_to(std::string_view name);

  /// After a statement: it counts, and what it locked stays locked until the end.
  void count_statement() { ++state_.statements; }
  void forget_released() { state_.released.clear(); }
  void hold(const facts::Effects& effects, Span statement, std::uint32_t part);
  /// The tables that an ALTER TABLE went through.
  void note_passes(const facts::Effects& effects, Span statement, std::uint32_t part);
  /// A relation was renamed or went to another schema: what is locked stays locked.
  void rename(const ir::QualifiedName& from, const ir::QualifiedName& to);

 private:
  struct Savepoint {
    std::string name;
    catalog::Catalog::Moment moment;
    Session::Snapshot session;
    std::size_t held = 0;            ///< moments of what has the same name
    std::size_t new_enum_values = 0;
    std::size_t pending_events = 0;
    facts::Deferral deferral = facts::Deferral::as_declared;
  };

 public:
  /// A transaction that is put aside as it stands, so that something else can be tried in transactions of its own.
  struct Suspended {
    facts::TransactionState state;
    facts::TransactionFacts facts;
    std::vector<Savepoint> savepoints;
  };
  [[nodiscard]] Suspended suspend();
  void resume(Suspended suspended);

 private:
  [[nodiscard]] Savepoint here(std::string_view name);
  /// A transaction of this number, of which nothing is known yet.
  void start(std::uint64_t number);
  void close();
  [[nodiscard]] std::size_t find_savepoint(std::string_view name) const;

  catalog::Catalog& catalog_;
  Session& session_;
  facts::TransactionState state_;
  std::uint64_t numbers_ = 0;
  std::vector<Savepoint> savepoints_;  ///< the first is the transaction's own beginning
};

}  // namespace whimbrel::history
