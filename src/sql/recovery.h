// Where a statement may begin inside text that did not parse.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// Whether a statement plausibly begins at this token: the first of its line, two words of DDL or DML, and what stands before it
/// can end a statement.
bool may_begin_statement(std::string_view text, std::span<const Token> tokens, TokenIndex i);

/// The first line inside a string token at or behind `from` that reads like the beginning of a statement: a quote too many or too
/// few has turned strings inside out. Its byte, or nothing.
std::optional<std::uint32_t> statement_in_string(std::string_view text, std::span<const Token> tokens, TokenIndex from);

}  // namespace whimbrel::sql
