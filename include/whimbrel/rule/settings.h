// For rules that judge what SET gives to a setting.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "whimbrel/base/text.h"
#include "whimbrel/facts/effects.h"
#include "whimbrel/ir/operation.h"

namespace whimbrel::rule {

/// The milliseconds that the statement sets the timeout to; nothing where it sets another setting, resets it, or gives no constant.
inline std::optional<std::int64_t> sets_timeout(const ir::op::SetParameter& set, std::string_view name) {
  if (set.action != ir::op::ParameterAction::set || !set.known || set.value.empty() || !equals_ignoring_case(set.name.value, name)) return std::nullopt;
  return facts::parse_duration_ms(set.value);
}

}  // namespace whimbrel::rule
