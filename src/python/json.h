// json.dumps of constants.
#pragma once

#include <optional>
#include <string>

#include "whimbrel/python/value.h"

namespace whimbrel::python {

/// What json.dumps(value) gives with its defaults: ", " and ": " between parts, everything in ASCII. Nothing where the value is not constant, or
/// json would refuse it.
std::optional<std::string> to_json(const Value& value);

}  // namespace whimbrel::python
