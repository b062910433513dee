// What well-known extensions bring: types and functions that histories use without making them.
#pragma once

#include <span>
#include <string_view>

#include "whimbrel/ir/operation.h"

namespace whimbrel::catalog {

struct ExtensionFunction {
  std::string_view name;
  ir::op::Volatility volatility;
  std::string_view returns;
};

struct Extension {
  std::string_view name;
  std::span<const std::string_view> types;
  std::span<const ExtensionFunction> functions;
};

/// Null: not known.
const Extension* find_extension(std::string_view name);

}  // namespace whimbrel::catalog
