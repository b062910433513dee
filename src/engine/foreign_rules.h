// Rules by the names that other linters give them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whimbrel::engine {

/// Names of the rules that have this alias, by code. Empty: none has.
std::vector<std::string> rules_called(std::string_view tool, std::string_view name);
/// "squawk's rule ban-x has no counterpart".
std::string no_counterpart(std::string_view tool, std::string_view name);

}  // namespace whimbrel::engine
