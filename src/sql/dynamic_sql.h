// The text that PL/pgSQL's EXECUTE runs, as far as it can be told without running it.
#pragma once

#include <map>

#include "decode.h"
#include "reader.h"

namespace whimbrel::sql {

/// Literals that a body's variables are known to hold.
using Constants = std::map<std::string, DecodedText, std::less<>>;

/// What stands in dynamic text for a part that is not known.
inline constexpr std::string_view kHole = "whimbrel_hole";

struct DynamicText {
  DecodedText text;
  int holes = 0;       ///< parts that are not known: kHole stands for each
  bool starts_known = false;
};

/// Evaluates the tokens [begin, end) of an EXECUTE: literals, ||, format(), quote_ident(), quote_literal(), known variables.
DynamicText evaluate(const Reader& reader, TokenIndex begin, TokenIndex end, const Constants& constants);

}  // namespace whimbrel::sql
