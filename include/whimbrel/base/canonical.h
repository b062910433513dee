// Text without what a person may change at will: layout, comments, the case of SQL's words. And a short name for a text.
#pragma once

#include <string>
#include <string_view>

namespace whimbrel {

/// SQL as its tokens, one blank between each two, without comments; words in lower case, quoted text as it is, but dollar-quoted text (the body
/// of a function) treated likewise. Never fails: what is no SQL comes out as tokens too.
std::string canonical_sql(std::string_view text);
/// The text with each run of blanks and line ends as one blank, none at the ends.
std::string collapse_blanks(std::string_view text);

/// 16 hexadecimal digits of FNV-1a: for fingerprints, not for security.
std::string stable_hash(std::string_view text);

}  // namespace whimbrel
