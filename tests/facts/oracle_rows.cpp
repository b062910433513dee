// Reading the measured rows.
#include "oracle_rows.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include <nlohmann/json.hpp>

#include "whimbrel/sql/sql.h"

namespace whimbrel::oracle {
namespace {

using nlohmann::json;

std::vector<std::string> texts(const json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  return value.get<std::vector<std::string>>();
}

bool is_housekeeping(const std::string& name) {
  return name.find("toast") != std::string::npos || name.find("?transient") != std::string::npos ||
         name.find("(new)") != std::string::npos;
}

std::set<std::string> names(const json& outcome, const char* key) {
  std::set<std::string> result;
  if (!outcome.contains(key) || outcome[key].is_null()) return result;
  for (const json& name : outcome[key]) {
    if (!is_housekeeping(name.get<std::string>())) result.insert(name.get<std::string>());
  }
  return result;
}

std::string text(const json& outcome, const char* key) {
  return outcome.contains(key) && outcome[key].is_string() ? outcome[key].get<std::string>() : std::string();
}

Outcome outcome_of(const json& value) {
  Outcome outcome;
  if (value.contains("locks")) {
    for (const auto& [name, mode] : value["locks"].items()) {
      if (!is_housekeeping(name)) outcome.locks[name] = mode.get<std::string>();
    }
  }
  outcome.rewritten = names(value, "rewritten");
  outcome.scanned = names(value, "scanned");
  outcome.built = names(value, "index_rebuilt");
  outcome.built.merge(names(value, "indexes_built"));
  outcome.error = text(value, "error");
  outcome.refused_in_transaction = text(value, "tx_block_error") == "25001";
  outcome.probed = text(value, "mode") == "autocommit_probed";
  outcome.autocommit = outcome.probed || text(value, "mode") == "autocommit";
  return outcome;
}

}  // namespace

std::set<int> versions_in(const std::string& range) {
  std::set<int> versions;
  const std::size_t dash = range.find('-');
  const int first = std::stoi(range);
  const int last = dash == std::string::npos ? first : std::stoi(range.substr(dash + 1));
  for (int version = first; version <= last; ++version) versions.insert(version);
  return versions;
}

std::optional<std::string> folder() {
  const char* told = std::getenv("WHIMBREL_ORACLE");
  for (const std::string& path :
       {std::string(told != nullptr ? told : ""), std::string(WHIMBREL_SOURCE_DIR "/../shared/oracle")}) {
    if (!path.empty() && std::ifstream(path + "/rows.jsonl")) return path;
  }
  return std::nullopt;
}

std::vector<Row> read_rows(const std::string& folder) {
  std::vector<Row> rows;
  std::ifstream in(folder + "/rows.jsonl");
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const json value = json::parse(line);
    Row row;
    row.id = value["id"].get<std::string>();
    row.group = value["group"].get<std::string>();
    row.session = texts(value["session"]);
    row.setup = texts(value["setup"]);
    row.before = texts(value["before"]);
    row.statements = texts(value["statement"]);
    for (const auto& [range, outcome] : value["versions"].items()) {
      for (const int version : versions_in(range)) row.outcomes[version] = outcome_of(outcome);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

const std::vector<ir::Statement>& statements_of(const std::string& text) {
  static std::map<std::string, std::vector<ir::Statement>> cache;
  const auto found = cache.find(text);
  if (found != cache.end()) return found->second;
  return cache[text] = sql::parse(sql::HostText::plain(text, FileId{})).statements;
}

std::string fixture_for(const std::string& folder, int version) {
  std::ifstream in(folder + "/fixture.sql");
  std::ostringstream out;
  int since = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("-- ") && line.ends_with('+')) since = std::stoi(line.substr(3));
    if (since <= version) out << line << '\n';
  }
  return out.str();
}

}  // namespace whimbrel::oracle
