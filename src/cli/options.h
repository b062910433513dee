// The command line, parsed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whimbrel/base/result.h"
#include "whimbrel/engine/config.h"

namespace whimbrel::cli {

enum class Command : std::uint8_t { check, locks, schema, rules, explain, debug_files, debug_operations, debug_history, debug_schema, migrate_config, help, version };
enum class Color : std::uint8_t { automatic, always, never };

struct Options {
  Command command = Command::check;
  std::vector<std::string> paths;             ///< for explain: the rule
  std::string format = "text";
  std::string output;                         ///< empty: standard output
  std::string config;                         ///< empty: looked for
  std::optional<std::vector<std::string>> select;
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
  std::optional<engine::FailOn> fail_on;
  std::optional<int> pg_version;
  std::string stdin_filename;
  std::string since;                          ///< lint what changed against this git ref
  std::string baseline;                       ///< findings in this file are silent
  std::string write_baseline;                 ///< and are written to this one
  std::string at;                             ///< schema: stop after this migration
  unsigned jobs = 0;
  Color color = Color::automatic;
  bool write = false;                         ///< migrate-config: change files instead of printing
  bool overwrite = false;                     ///< and replace a whimbrel.toml that is there
  bool quiet = false;
  bool verbose = false;
  std::string help_text;                      ///< for Command::help
};

/// The error names what was not understood and, where one is near, what was probably meant.
Result<Options> parse_options(const std::vector<std::string>& arguments);

}  // namespace whimbrel::cli
