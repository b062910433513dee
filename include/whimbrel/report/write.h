// Every output format of `check`: from a settled report to bytes.
#pragma once

#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/finding/report.h"

namespace whimbrel::report {

enum class Format : std::uint8_t { text, json, sarif, github, gitlab, junit, gcc, markdown };
std::optional<Format> parse_format(std::string_view name);
/// The names that parse_format() knows, in order.
std::vector<std::string_view> format_names();
/// Whether the format says what each migration does (`Report::migrations`), not only what was found.
bool tells_migrations(Format format);

struct Style {
  bool color = false;
  bool quiet = false;            ///< text: one line a finding, no excerpt, no summary
  bool verbose = false;          ///< text: also lists what stayed unknown
  unsigned width = 80;           ///< columns of the terminal
};

/// Streams the whole document, ending in a newline; nothing at all for github and gcc without findings. Control characters
/// of an input never come out raw; JSON and SARIF are valid UTF-8 whatever the input was.
void write(std::ostream& out, const Report& report, const Sources& sources, Format format, const Style& style);

}  // namespace whimbrel::report
