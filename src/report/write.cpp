// Chooses the format.
#include "whimbrel/report/write.h"

#include <array>
#include <utility>

#include "formats.h"

namespace whimbrel::report {

std::optional<Format> parse_format(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Format>, 5> kNames{{
      {"text", Format::text}, {"json", Format::json}, {"sarif", Format::sarif}, {"github", Format::github}, {"gcc", Format::gcc}}};
  for (const auto& [known, format] : kNames) {
    if (known == name) return format;
  }
  return std::nullopt;
}

void write(std::ostream& out, const Report& report, const Sources& sources, Format format, const Style& style) {
  switch (format) {
    case Format::text: return write_text(out, report, sources, style);
    case Format::json: return write_json(out, report, sources);
    case Format::sarif: return write_sarif(out, report, sources);
    case Format::github: return write_github(out, report, sources);
    case Format::gcc: return write_gcc(out, report, sources);
  }
}

}  // namespace whimbrel::report
