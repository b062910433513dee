// The files of a run: their text, and from byte offsets to lines and columns.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"

namespace whimbrel {

/// 1-based; columns count Unicode code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

/// Where the lines of a text begin. Built once a text, on demand of an edge; a line ends after \n, \r\n or a lone \r.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  /// `offset` past the end is the end. `text` must be the text that the index was built from.
  [[nodiscard]] Position position(std::string_view text, std::uint32_t offset) const;
  /// The line (1-based) without its terminator; empty past the end.
  [[nodiscard]] std::string_view line(std::string_view text, std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t number) const { return starts_.at(number - 1); }

 private:
  std::vector<std::uint32_t> starts_;
};

/// One file: the path as the user would write it ('/'-separated, relative to the current folder where it lies below), and its bytes.
struct SourceFile {
  std::string path;
  std::string text;
};

/// All files of a run. Filled before parallel reading begins; readers then only look.
class Sources {
 public:
  FileId add(SourceFile file);
  [[nodiscard]] const SourceFile& operator[](FileId id) const { return files_[static_cast<std::uint32_t>(id)]; }
  [[nodiscard]] SourceFile& operator[](FileId id) { return files_[static_cast<std::uint32_t>(id)]; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  /// The bytes of a span; empty where it lies outside.
  [[nodiscard]] std::string_view text(Span span) const;

 private:
  std::deque<SourceFile> files_;
};

}  // namespace whimbrel
