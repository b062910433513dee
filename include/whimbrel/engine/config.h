// whimbrel.toml, or [tool.whimbrel] in pyproject.toml: what a project has decided.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/result.h"
#include "whimbrel/finding/rule_id.h"
#include "whimbrel/finding/severity.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/rule/conventions.h"

namespace whimbrel::engine {

enum class FailOn : std::uint8_t { error, warning, info, never };

/// Everything that can be configured, with the defaults of the contract. Keys and meaning: CLI contract, "Configuration".
struct Config {
  std::string path;                             ///< the file it was read from; empty: defaults
  std::string root;                             ///< folder of that file; patterns are relative to it
  int pg_version = 14;
  FailOn fail_on = FailOn::warning;
  std::vector<std::string> select{"default"};
  std::vector<std::string> ignore;
  std::vector<std::string> exclude;
  std::string start_after;
  std::optional<ir::TransactionMode> transaction;
  std::vector<std::string> dialects{"postgresql"};
  bool check_down = false;
  bool gitignore = true;
  std::string lock_timeout;
  std::string statement_timeout;
  std::string time_zone;
  std::string default_schema = "public";
  std::vector<std::string> small_tables;
  std::map<RuleId, Severity> severity;
  std::vector<std::pair<std::string, std::vector<std::string>>> per_file_ignores;
  rule::Conventions conventions;                ///< [rules.naming], [rules.schema]
};

/// Bytes. A larger file was written by nobody, and is not read.
inline constexpr std::uint64_t kLargestConfig = 1024UL * 1024;

/// Reads a configuration. An unknown key, rule or value is an error that names the nearest right one, with file and line.
Result<Config> read_config(const std::string& path, std::string_view text);
/// The configuration in a file.
Result<Config> config_from(const std::string& path);
/// Looks upwards from a folder for whimbrel.toml, or a pyproject.toml that has [tool.whimbrel]. Nothing: defaults.
Result<Config> find_config(const std::string& start_folder);

/// The rules that a selection means: names, codes, categories, `default`, `strict`, `all`; `ignore` is taken away after.
Result<std::vector<RuleId>> selected_rules(const std::vector<std::string>& select, const std::vector<std::string>& ignore);

std::optional<ir::TransactionMode> parse_transaction_mode(std::string_view name);

}  // namespace whimbrel::engine
