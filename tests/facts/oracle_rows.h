// The measured rows of ../shared/oracle as a test reads them: the fixture by version, the rows, and what each one says.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "whimbrel/ir/migration.h"

namespace whimbrel::oracle {

/// What one server version did.
struct Outcome {
  std::map<std::string, std::string>
      locks;  ///< relation → "AccessExclusiveLock"; the server's own housekeeping left out
  std::set<std::string> rewritten;
  std::set<std::string> scanned;
  std::set<std::string> built;  ///< new and rebuilt
  std::string error;
  bool refused_in_transaction = false;
  bool autocommit = false;  ///< measured outside of a transaction block
  bool probed = false;      ///< its locks were found one by one, with blockers in the way
};

struct Row {
  std::string id;
  std::string group;
  std::vector<std::string> session, setup, before, statements;
  std::map<int, Outcome> outcomes;  ///< by server major version
};

/// The folder with rows.jsonl, from $WHIMBREL_ORACLE or ../shared/oracle beside the repository; nothing where there is
/// none.
std::optional<std::string> folder();
std::vector<Row> read_rows(const std::string& folder);

/// Statements of a text, parsed once and kept.
const std::vector<ir::Statement>& statements_of(const std::string& text);

/// The fixture's text for a version: lines behind `-- N+` only where the server is new enough.
std::string fixture_for(const std::string& folder, int version);

/// "10", "12-19" → versions.
std::set<int> versions_in(const std::string& range);

}  // namespace whimbrel::oracle
