// facts against 819 statements that ten server versions really ran: locks, rewrites, scans, builds, errors.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "oracle_rows.h"
#include "support/catch.h"
#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel {
namespace {

using facts::Effects;
using oracle::Outcome;
using oracle::Row;

using Locks = std::set<std::pair<std::string, std::string>>;
using Modes = std::map<std::string, LockMode>;

std::string_view server_name(LockMode mode) {
  switch (mode) {
    case LockMode::none:
      return "";
    case LockMode::access_share:
      return "AccessShareLock";
    case LockMode::row_share:
      return "RowShareLock";
    case LockMode::row_exclusive:
      return "RowExclusiveLock";
    case LockMode::share_update_exclusive:
      return "ShareUpdateExclusiveLock";
    case LockMode::share:
      return "ShareLock";
    case LockMode::share_row_exclusive:
      return "ShareRowExclusiveLock";
    case LockMode::exclusive:
      return "ExclusiveLock";
    case LockMode::access_exclusive:
      return "AccessExclusiveLock";
  }
  return "";
}

LockMode strength(std::string_view mode) {
  for (int i = 0; i <= static_cast<int>(LockMode::access_exclusive); ++i) {
    if (server_name(static_cast<LockMode>(i)) == mode) return static_cast<LockMode>(i);
  }
  return LockMode::none;
}

/// As the rows write it: the schema only where it is not public.
std::string row_name(const ir::QualifiedName& name) {
  return name.schema == "public" ? name.name : name.schema + "." + name.name;
}

std::set<std::string> names(const std::vector<facts::Work>& works) {
  std::set<std::string> result;
  for (const facts::Work& work : works) result.insert(row_name(work.relation));
  return result;
}

ir::QualifiedName parse_row_name(const std::string& name) {
  const std::size_t dot = name.find('.');
  return dot == std::string::npos ? ir::QualifiedName{"public", name}
                                  : ir::QualifiedName{name.substr(0, dot), name.substr(dot + 1)};
}

bool about_indexes(const std::string& statement) {
  return starts_with_ignoring_case(statement, "reindex") || starts_with_ignoring_case(statement, "drop index") ||
         starts_with_ignoring_case(statement, "alter index");
}

/// A catalog of one version, brought to the moment of a row and back.
class Server {
 public:
  /// The number of a row's transaction; what was there before has none.
  static constexpr std::uint64_t kTransaction = 1;

  Server(const std::string& folder, int version, bool ours) : ours_(ours) {
    settings_.pg_version = version;
    run(oracle::fixture_for(folder, version), nullptr);
    fixture_ = catalog_.now();
  }

  /// What facts say of the row's statement, and which locks it takes that the transaction did not hold.
  struct Prediction {
    Effects effects;
    Locks locks;
    bool invalid = false;  ///< does not parse
    Modes held;            ///< by what ran before in the transaction
    std::set<std::string> existed;
  };

  Prediction predict(const Row& row) {
    facts::Settings before = settings_;
    for (const std::string& text : row.session) run(text, nullptr);
    for (const std::string& text : row.setup) run(text, nullptr);
    Modes held;
    std::set<ir::QualifiedName> known;
    for (const auto& [name, relation] : catalog_.relations()) known.insert(name);
    settings_.transaction.number = kTransaction;
    for (const std::string& text : row.before) run(text, &held);
    Prediction prediction;
    for (const auto& [name, relation] : catalog_.relations()) {
      if (!known.contains(name)) held[row_name(name)] = LockMode::access_exclusive;
      prediction.existed.insert(row_name(name));
    }
    prediction.held = held;
    prediction.effects.forbids_transaction = refused_before_;
    const bool indexes = about_indexes(row.statements.front());
    Modes strongest;
    for (const std::string& text : row.statements) {
      for (const ir::Statement& statement : oracle::statements_of(text)) {
        prediction.invalid = prediction.invalid || statement.kind == "Invalid";
        const Effects effects = facts::effects_of(statement, catalog_, settings_).whole;
        for (const auto& lock : effects.locks) {
          if (lock.sort == facts::RelationSort::index && !indexes) continue;
          // Differs between minor releases: 15.20 does, 17.10 does not.
          if (lock.sort == facts::RelationSort::sequence && lock.mode == LockMode::access_share && ours_) continue;
          LockMode& mode = strongest[row_name(lock.relation)];
          mode = std::max(mode, lock.mode);
        }
        merge(prediction.effects, effects);
        for (const ir::Step& step : statement.steps) {
          facts::note(step, catalog_, settings_.pg_version, statement.runs, settings_.transaction);
          catalog::apply(catalog_, step, {0, kTransaction, step.span});
        }
      }
    }
    for (const auto& [name, mode] : strongest) {
      const bool made = row.statements.size() > 1 && !prediction.existed.contains(name) && !is_index(name);
      if (mode > prediction.held[name] && !made) prediction.locks.insert({name, std::string(server_name(mode))});
    }
    return prediction;
  }

  /// A blocker in the way of a statement that transacts by itself cannot hold every index until the end.
  void forget_unseen_indexes(const Outcome& outcome, Prediction& prediction) const {
    if (!outcome.probed) return;
    std::erase_if(prediction.locks, [&](const auto& lock) { return is_index(lock.first) && !outcome.locks.contains(lock.first); });
  }

  /// Those of the measured locks that agreement is about.
  Locks relevant(const Row& row, const Outcome& outcome, const Prediction& prediction) const {
    const bool indexes = about_indexes(row.statements.front());
    Locks locks;
    for (const auto& [name, mode] : outcome.locks) {
      const bool index = is_index(name);
      const auto held = prediction.held.find(name);
      const bool news = held == prediction.held.end() || strength(mode) > held->second;
      if (news && (!index || indexes)) locks.insert({name, mode});
    }
    return locks;
  }

  void back() {
    catalog_.rollback_to(fixture_);
    settings_.time_zone = "";
    settings_.transaction = {};
    refused_before_ = false;
  }

 private:
  bool is_index(const std::string& name) const {
    return catalog_.find_index(parse_row_name(name)) != nullptr || indexes_.contains(name);
  }

  static void merge(Effects& whole, const Effects& one) {
    whole.rewrites.insert(whole.rewrites.end(), one.rewrites.begin(), one.rewrites.end());
    whole.scans.insert(whole.scans.end(), one.scans.begin(), one.scans.end());
    whole.builds.insert(whole.builds.end(), one.builds.begin(), one.builds.end());
    if (whole.error.empty()) whole.error = one.error;
    if (whole.possible_error.empty()) whole.possible_error = one.possible_error;
    whole.forbids_transaction = whole.forbids_transaction || one.forbids_transaction;
    whole.certain = whole.certain && one.certain;
  }

  void run(const std::string& text, Modes* held) {
    for (const ir::Statement& statement : oracle::statements_of(text)) {
      if (held != nullptr) {
        const Effects effects = facts::effects_of(statement, catalog_, settings_).whole;
        for (const auto& lock : effects.locks) {
          LockMode& mode = (*held)[row_name(lock.relation)];
          mode = std::max(mode, lock.mode);
        }
        refused_before_ = refused_before_ || effects.forbids_transaction;
      }
      for (const ir::Step& step : statement.steps) {
        if (const auto* set = std::get_if<ir::op::SetParameter>(&step.operation);
            set != nullptr && equals_ignoring_case(set->name.value, "timezone")) {
          settings_.time_zone = set->value;
        }
        if (held != nullptr) facts::note(step, catalog_, settings_.pg_version, statement.runs, settings_.transaction);
        if (const auto* control = std::get_if<ir::op::Transaction>(&step.operation); control != nullptr && held != nullptr)
          follow(*control, *held);
        catalog::apply(catalog_, step, {0, held != nullptr ? kTransaction : 0U, step.span});
        if (const auto* rename = std::get_if<ir::op::RenameTable>(&step.operation); rename != nullptr && held != nullptr)
          (*held)[rename->new_name.value] = (*held)[rename->table.value.name];
      }
      for (const auto& [name, index] : catalog_.indexes()) indexes_.insert(row_name(name));
    }
  }

  void follow(const ir::op::Transaction& control, Modes& held) {
    if (control.action == ir::op::TransactionAction::savepoint) savepoint_ = {catalog_.now(), held, settings_.transaction};
    if (control.action != ir::op::TransactionAction::rollback_to) return;
    catalog_.rollback_to(savepoint_.moment);
    held = savepoint_.held;
    settings_.transaction = savepoint_.transaction;
  }

  catalog::Catalog catalog_;
  facts::Settings settings_;
  struct Savepoint {
    catalog::Catalog::Moment moment = 0;
    Modes held;
    facts::TransactionFacts transaction;
  };
  Savepoint savepoint_;
  catalog::Catalog::Moment fixture_ = 0;
  std::set<std::string> indexes_;
  bool refused_before_ = false;
  bool ours_;  ///< the rows are of scripts/oracle
};

std::string show(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return "[" + text + "]";
}

std::string show(const Locks& locks) {
  std::set<std::string> lines;
  for (const auto& [name, mode] : locks) lines.insert(name + ":" + mode);
  return show(lines);
}

/// Empty where the prediction agrees, as the rows' README says what agreement is; else what differs.
std::string difference(const Row& row, const Outcome& outcome, const Server::Prediction& prediction,
                       const Locks& locks) {
  const Effects& said = prediction.effects;
  std::ostringstream out;
  const bool data_error = outcome.error.starts_with("22") || outcome.error.starts_with("23");
  if (data_error) {
    if (said.error != outcome.error && said.possible_error.empty())
      out << " error " << outcome.error << " is not said to be possible;";
    return out.str();
  }
  // Grammar that is gone (SET WITH OIDS), or newer than ours, stays a syntax error.
  if (prediction.invalid && said.error == "42601") return {};
  // What the fixture of an old version has not, a history may have: it is presumed to exist, and said not to be
  // certain.
  const bool unknown_object = outcome.error == "42P01" || outcome.error == "42704" || outcome.error == "42809";
  if (unknown_object && said.error != outcome.error && !said.certain) return {};

  const bool refused = outcome.error == "25001" || outcome.error == "2D000";
  if (refused) {
    if (!said.forbids_transaction) out << " not said to be refused in a transaction;";
    return out.str();
  }
  if (said.error != outcome.error)
    out << " error " << (said.error.empty() ? "none" : said.error) << " for "
        << (outcome.error.empty() ? "none" : outcome.error) << ";";
  if (outcome.refused_in_transaction && !said.forbids_transaction) out << " not said to be refused in a transaction;";
  if (!outcome.refused_in_transaction && !outcome.autocommit && said.forbids_transaction)
    out << " said to be refused in a transaction;";
  if (prediction.locks != locks) out << " locks " << show(prediction.locks) << " for " << show(locks) << ";";
  if (names(said.rewrites) != outcome.rewritten)
    out << " rewrites " << show(names(said.rewrites)) << " for " << show(outcome.rewritten) << ";";
  const bool planners_choice = row.group == "dml";
  // What the statement itself makes is not measured.
  std::set<std::string> scans = names(said.scans);
  std::erase_if(scans, [&](const std::string& name) { return !prediction.existed.contains(name) && !outcome.scanned.contains(name); });
  if (!planners_choice && scans != outcome.scanned)
    out << " scans " << show(scans) << " for " << show(outcome.scanned) << ";";
  if (names(said.builds) != outcome.built)
    out << " builds " << show(names(said.builds)) << " for " << show(outcome.built) << ";";
  return out.str();
}

/// known_differences.txt: `row.id versions [row:|live:] why`.
std::map<std::string, std::set<int>> known_differences() {
  std::map<std::string, std::set<int>> known;
  std::ifstream in(WHIMBREL_SOURCE_DIR "/tests/facts/known_differences.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string id;
    std::string versions;
    std::string where;
    words >> id >> versions >> where;
    if (where == "live:") continue;
    known[id].merge(oracle::versions_in(versions));
  }
  return known;
}

struct Count {
  int agree = 0;
  int all = 0;
};

/// Compares every row on every version with what facts say; `folder` has the fixture.
void prove(const std::string& what, const std::vector<Row>& rows, const std::string& folder, bool ours) {
  std::map<std::string, std::set<int>> known = known_differences();
  std::map<std::string, Count> groups;
  Count rows_total;
  Count outcomes_total;
  std::map<std::string, std::map<std::string, std::set<int>>> unexpected;  // row → difference → versions
  std::set<std::string> stale;
  std::set<std::string> differing;

  for (int version = 10; version <= 19; ++version) {
    Server server(folder, version, ours);
    for (const Row& row : rows) {
      const auto outcome = row.outcomes.find(version);
      if (outcome == row.outcomes.end()) continue;
      Server::Prediction prediction = server.predict(row);
      server.forget_unseen_indexes(outcome->second, prediction);
      const std::string differs = difference(row, outcome->second, prediction, server.relevant(row, outcome->second, prediction));
      server.back();
      ++outcomes_total.all;
      const bool listed = known[row.id].contains(version);
      if (differs.empty()) {
        ++outcomes_total.agree;
        if (listed) stale.insert(row.id + " on " + std::to_string(version));
      } else {
        differing.insert(row.id);
        if (!listed) unexpected[row.id][differs].insert(version);
      }
    }
  }
  for (const Row& row : rows) {
    ++groups[row.group].all;
    ++rows_total.all;
    if (differing.contains(row.id)) continue;
    ++groups[row.group].agree;
    ++rows_total.agree;
  }

  for (const auto& [group, count] : groups) {
    if (count.agree != count.all) std::cout << "  " << group << ": " << count.agree << " of " << count.all << " rows\n";
  }
  std::cout << what << ": " << rows_total.agree << " of " << rows_total.all << " rows agree on every version, "
            << outcomes_total.agree << " of " << outcomes_total.all << " outcomes\n";
  for (const Row& row : rows) {
    const auto found = unexpected.find(row.id);
    if (found == unexpected.end()) continue;
    for (const auto& [difference, versions] : found->second) {
      FAIL_CHECK(row.id << " on " << *versions.begin()
                        << (versions.size() > 1 ? "-" + std::to_string(*versions.rbegin()) : "") << ":" << difference
                        << "\n    " << row.statements.front());
    }
  }
  for (const std::string& one : stale) FAIL_CHECK(one << " is listed in known_differences.txt and agrees");
}

}  // namespace

TEST_CASE("facts agree with what real servers did", "[oracle]") {
  const std::optional<std::string> folder = oracle::folder();
  if (!folder) {
    std::cout << "SKIPPED: no measured rows (../shared/oracle or $WHIMBREL_ORACLE): facts are not proven here\n";
    return;
  }
  const std::vector<Row> rows = oracle::read_rows(*folder);
  REQUIRE(rows.size() > 100);
  prove("shared oracle", rows, *folder, false);
}

/// testdata/facts: our own statements, measured by scripts/oracle on the fixture beside them.
TEST_CASE("facts agree with our own measurements", "[oracle]") {
  const std::string folder = WHIMBREL_SOURCE_DIR "/testdata/facts";
  const std::vector<Row> rows = oracle::read_rows(folder);
  REQUIRE(rows.size() > 100);
  prove("own measurements", rows, folder, true);
}

}  // namespace whimbrel
