// Trouble in the tool's surroundings (a path, a configuration): a value up to the program, exit code 2.
#pragma once

#include <expected>
#include <string>

namespace whimbrel {

/// One line that names the thing that could not be used and why. No control characters.
struct Error {
  std::string message;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}

}  // namespace whimbrel
