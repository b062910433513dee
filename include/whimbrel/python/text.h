// A string value together with the way back to the bytes of the file that it was decoded from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/python/syntax.h"

namespace whimbrel::python {

/// From `text_begin` on (to the next segment), byte i of the text is byte `file_begin + (i - text_begin)` of the file where
/// `linear`; else (an escape, an inserted value) all its bytes come from [file_begin, file_end).
struct Segment {
  std::uint32_t text_begin = 0;
  std::uint32_t file_begin = 0;
  std::uint32_t file_end = 0;
  bool linear = true;
  friend bool operator==(const Segment&, const Segment&) = default;
};

/// Decoded text and its origin. `segments` ascend in text_begin, the first begins at 0 (none for an empty text).
struct Text {
  std::string value;
  std::vector<Segment> segments;

  /// A text that stands nowhere: all of it comes from `origin`.
  static Text made(std::string value, Span origin);
  void append(const Text& other);
  /// Bytes [begin, end), clipped.
  [[nodiscard]] Text part(std::size_t begin, std::size_t end) const;
  /// Every origin becomes this one: for a text whose bytes are no longer those of a literal.
  [[nodiscard]] Text from(Span origin) const { return made(value, origin); }
};

/// The value of a string literal without interpolations: `string`, `concatenated_string`. Prefixes, triple quotes, all escapes
/// (an unknown name in \N{…} gives U+FFFD), line continuations, doubled braces of f-strings.
Text decode(Node string);
/// Whether the literal is an f-string with interpolations.
bool has_interpolations(Node string);
/// Bytes literals have no text value.
bool is_bytes(Node string);
/// The pieces of one `string` node before, between and after its interpolations: one more than it has of these.
std::vector<Text> decode_pieces(Node string);

}  // namespace whimbrel::python
