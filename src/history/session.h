// The session's settings that change what statements do, with PostgreSQL's rules for SET, SET LOCAL and ROLLBACK.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/session.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::history {

/// What is followed of a session. `search_path` lives in the catalog too, which resolves names by it.
struct Values {
  std::int64_t lock_timeout_ms = 0;
  std::int64_t statement_timeout_ms = 0;
  bool lock_timeout_known = true;
  std::string time_zone;
  std::vector<std::string> search_path;
};

/// Manual, "SET": a plain SET is undone when its transaction is rolled back; SET LOCAL lasts until the end of the transaction
/// and does nothing outside of one. RESET goes back to what the session began with, where the runner's own settings count.
class Session {
 public:
  /// What a rollback comes back to.
  struct Snapshot {
    Values lasting;
    Values current;
    std::set<std::pair<ir::QualifiedName, std::string>> new_enum_values;
  };

  Session(catalog::Catalog& catalog, int pg_version);

  /// A new session begins with these values.
  void start(Values defaults);
  /// SET, RESET, RESET ALL, set_config. `runs` unknown: it may not have happened.
  void set(const ir::Step& step, bool in_transaction, Tri runs);
  /// RESET ALL, as a part of DISCARD ALL.
  void reset_all();

  [[nodiscard]] const facts::Settings& settings() const { return settings_; }
  /// ALTER TYPE … ADD VALUE in an open transaction: no use of the value before its end.
  void enum_value_added(const ir::QualifiedName& type, const std::string& value) { settings_.new_enum_values.insert({type, value}); }
  [[nodiscard]] Snapshot snapshot() const { return {lasting_, current_, settings_.new_enum_values}; }
  void restore(const Snapshot& snapshot);
  /// COMMIT: what was LOCAL ends, new enum values are like any other.
  void commit();

 private:
  enum class Setting : std::uint8_t { lock_timeout, statement_timeout, time_zone, search_path, other };
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
