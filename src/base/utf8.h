// Decoding UTF-8 one code point at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace whimbrel {

/// A decoded code point: `size` bytes; not `valid`: one stray byte, `value` is that byte.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;
  bool valid = false;
};

/// The code point that begins at `offset`, which must be inside the text. Overlong forms and surrogates are stray
/// bytes.
CodePoint decode_at(std::string_view text, std::size_t offset);

}  // namespace whimbrel
