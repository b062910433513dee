// The session's settings that change what statements do, with PostgreSQL's rules for SET, SET LOCAL and ROLLBACK.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/session.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::history {

/// What is followed of a session, except what the catalog follows: search_path and temporary objects.
struct Values {
  std::int64_t lock_timeout_ms = 0;
  std::int64_t statement_timeout_ms = 0;
  bool lock_timeout_known = true;
  std::string time_zone;
  bool check_function_bodies = true;
};

/// Manual, "SET": a plain SET is undone when its transaction is rolled back; SET LOCAL lasts until the end of the transaction
/// and does nothing outside of one. RESET goes back to what the session began with, where the runner's own settings count.
class Session {
 public:
  /// What a rollback comes back to.
  struct Snapshot {
    Values lasting;
    Values current;
  };

  Session(catalog::Catalog& catalog, int pg_version);

  /// The session before ends, a new one begins with these values.
  void start(Values defaults);
  /// SET, RESET, RESET ALL, set_config. `runs` unknown: it may not have happened.
  void set(const ir::Step& step, bool in_transaction, Tri runs);
  /// RESET ALL, as a part of DISCARD ALL.
  void reset_all();

  [[nodiscard]] const facts::Settings& settings() const { return settings_; }
  /// What the open transaction leaves for its later statements; its keeper is Transactions.
  [[nodiscard]] facts::TransactionFacts& transaction() { return settings_.transaction; }
  [[nodiscard]] Snapshot snapshot() const { return {lasting_, current_}; }
  void restore(const Snapshot& snapshot);
  /// COMMIT: what was LOCAL ends.
  void commit();

 private:
  enum class Setting : std::uint8_t { lock_timeout, statement_timeout, time_zone, search_path, check_function_bodies, other };
  static Setting setting_of(std::string_view name);
  /// The value as set, read into `target`; only the one setting is touched.
  void assign(Values& target, Setting setting, const ir::op::SetParameter& set, Tri runs) const;
  static void copy(Values& target, Setting setting, const Values& from);
  void publish();

  catalog::Catalog& catalog_;
  Values defaults_;
  Values lasting_;   ///< what is left after COMMIT
  Values current_;   ///< what is effective now
  facts::Settings settings_;
};

}  // namespace whimbrel::history
