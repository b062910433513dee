// A run of tokens that is to be one statement: parsed, and read.
#pragma once

#include "masking.h"
#include "parser.h"
#include "reader.h"

namespace whimbrel::sql {

struct Run {
  const HostText& host;
  std::span<const Token> tokens;         ///< at least one
  std::span<const Mask> masks = {};
  std::span<const ByteRange> blanks = {};  ///< bytes of the text that the server shall not see (INTO targets of PL/pgSQL)
  std::string_view first_word = {};      ///< written over the first token, which is as long (PERFORM becomes SELECT)
  Tri runs = Tri::yes;

  [[nodiscard]] std::uint32_t base() const { return tokens.front().begin; }
  /// The token that a failure stopped at.
  [[nodiscard]] TokenIndex token_at(const ParseFailure& failure) const;
};

/// Parses the run, trying the ways of masking in turn, and appends what it says; else the first failure.
std::optional<ParseFailure> read_run(const Run& run, Parsed& sink, std::vector<ir::Statement>& out);
/// What did not parse, as one statement.
void add_invalid(const Run& run, const ParseFailure& failure, Parsed& sink, std::vector<ir::Statement>& out);

}  // namespace whimbrel::sql
