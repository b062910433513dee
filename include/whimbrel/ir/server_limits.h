// What a server is built with, and no setting changes.
#pragma once

#include <cstddef>

namespace whimbrel::ir {

/// Bytes of a name or an enum's label: NAMEDATALEN - 1 (manual, "Identifiers and Key Words").
inline constexpr std::size_t kLongestIdentifier = 63;
/// Columns of a table, dropped ones too: MaxHeapAttributeNumber (access/htup_details.h).
inline constexpr std::size_t kMostColumns = 1600;

}  // namespace whimbrel::ir
