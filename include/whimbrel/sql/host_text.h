// SQL text that may live inside another file: decoded text, and the way back to the bytes of the file it came from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"

namespace whimbrel::sql {

/// From `text_begin` on (to the next segment), byte i of the text is byte `file_begin + (i - text_begin) * (linear ? 1 : 0)` of the
/// file; a segment that is not linear is an escape, a doubled quote or a placeholder: all its bytes map to [file_begin, file_end).
struct Segment {
  std::uint32_t text_begin = 0;
  std::uint32_t file_begin = 0;
  std::uint32_t file_end = 0;
  bool linear = true;
};

/// A text and its origin. For a .sql file the text is the file (one segment); for a Python string it is the decoded value.
class HostText {
 public:
  /// A part of a file as it is: the text begins at `offset` of the file.
  static HostText plain(std::string_view text, FileId file, std::uint32_t offset = 0);
  /// Decoded text; `segments` ascend in text_begin, the first begins at 0 (none for an empty text).
  static HostText decoded(std::string_view text, FileId file, std::vector<Segment> segments);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] FileId file() const { return file_; }
  /// The bytes of the file that [begin, end) of the text was decoded from.
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const;
  /// The same text, and origin, of a part: for SQL inside a dollar-quoted body or a string constant.
  [[nodiscard]] HostText part(std::uint32_t begin, std::uint32_t end) const;

 private:
  std::string_view text_;
  FileId file_{};
  std::vector<Segment> segments_;
};

}  // namespace whimbrel::sql
