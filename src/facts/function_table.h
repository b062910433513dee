// What PostgreSQL's own catalogue says of its functions, and what is known of common extensions' ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "whimbrel/ir/operation.h"

namespace whimbrel::facts {

/// One way to call a function; 99 arguments stand for VARIADIC.
struct FunctionRow {
  std::string_view name;
  std::uint8_t fewest;
  std::uint8_t most;
  ir::op::Volatility volatility;
  std::uint8_t since;
  std::uint8_t until;
};

enum class BuiltIn : std::uint8_t {
  no,  ///< no version of PostgreSQL has a function of that name
  yes,
  other_call,     ///< there is such a function, but not with that many arguments
  other_version,  ///< only newer or older servers have it
};

struct FunctionAnswer {
  BuiltIn built_in = BuiltIn::no;
  ir::op::Volatility volatility = ir::op::Volatility::volatile_;  ///< the worst of the overloads that fit
};

/// pg_catalog's functions of that name with so many arguments on that server (pg_proc of the versions that the table
/// names).
FunctionAnswer built_in_function(std::string_view name, std::size_t arguments, int pg_version);

/// Functions of extensions that defaults are often made of: uuid-ossp, pgcrypto.
std::optional<ir::op::Volatility> extension_function(std::string_view name);

/// The words that are called like functions, or without parentheses, by the grammar itself.
std::optional<ir::op::Volatility> keyword_function(std::string_view lower_case_name);

}  // namespace whimbrel::facts
