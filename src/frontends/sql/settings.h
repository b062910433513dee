// One key of a small configuration file, where a whole parser would be out of proportion.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace whimbrel::frontends::sql_files {

/// The value of `key = value` on a line of its own in a .toml, .conf or .properties text, without quotes and trailing
/// comment; of several the last. A dotted prefix of the written key (`flyway.`) does not count. Nothing: the key is not
/// there.
std::optional<std::string> setting(std::string_view text, std::string_view key);

}  // namespace whimbrel::frontends::sql_files
