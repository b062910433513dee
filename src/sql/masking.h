// What the server gets to read in place of variables and templates.
#pragma once

#include <string>
#include <vector>

#include "reader.h"

namespace whimbrel::sql {

/// How value templates and variables are written for the server.
enum class MaskAs : std::uint8_t { identifiers, strings, numbers };

/// Overwrites the masks in `sql`, which begins at the byte `base` of the text; no byte moves.
void apply_masks(std::string& sql, std::uint32_t base, std::span<const Mask> masks, MaskAs how);
/// The names that masked tokens turned into, and their source.
MaskedNames masked_names(std::string_view sql, std::uint32_t base, std::string_view source, std::span<const Token> tokens);

}  // namespace whimbrel::sql
