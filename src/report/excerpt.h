// The piece of source that a finding is about, with the culprit underlined, as it fits the terminal.
#pragma once

#include <string>
#include <string_view>

#include "locator.h"
#include "whimbrel/report/write.h"

namespace whimbrel::report {

/// Terminal escapes, or nothing.
struct Paint {
  bool on = false;
  [[nodiscard]] std::string operator()(std::string_view code, std::string_view text) const;
};
inline constexpr std::string_view kBold = "1";
inline constexpr std::string_view kDim = "2";
inline constexpr std::string_view kRed = "1;31";
inline constexpr std::string_view kYellow = "1;33";
inline constexpr std::string_view kBlue = "1;34";
inline constexpr std::string_view kCyan = "36";

/// The text without blanks and line ends behind it.
std::string_view trim_end(std::string_view text);
/// Columns that a text takes in a terminal: wide characters two, combining ones none.
std::size_t display_width(std::string_view text);
/// The text broken at blanks into lines of at most `width` columns: the first line begins at column `used`, the following ones are
/// indented by `indent`.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent, std::size_t used);

struct ExcerptStyle {
  Paint paint;
  unsigned width = 80;
  unsigned gutter = 3;              ///< columns for the line number
  char mark = '^';                  ///< '-' for labels
  std::string_view mark_color = kRed;
};

/// One source line with its number and a line of marks below it; a line that is too long is cut around the culprit, and a span of
/// several lines is marked to the end of its first one. `message` stands behind the marks.
std::string excerpt(Locator& locator, Span span, std::string_view message, const ExcerptStyle& style);

}  // namespace whimbrel::report
