// A configuration file of another linter as a list of settings with their lines, whether it is TOML or JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "whimbrel/base/result.h"

namespace whimbrel::engine {

struct ForeignSetting {
  std::string key;           ///< "migrations.exclude"
  std::uint32_t line = 0;
  /// Anything else than these is `std::monostate`.
  std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>> value;
};

/// In the order of the file.
Result<std::vector<ForeignSetting>> read_foreign_settings(const std::string& path, std::string_view text);

}  // namespace whimbrel::engine
