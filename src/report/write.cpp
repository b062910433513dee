// Chooses the format.
#include "whimbrel/report/write.h"

#include <array>
#include <utility>

#include "formats.h"

namespace whimbrel::report {

namespace {

constexpr std::array<std::pair<std::string_view, Format>, 8> kNames{{{"text", Format::text},
                                                                     {"json", Format::json},
                                                                     {"sarif", Format::sarif},
                                                                     {"github", Format::github},
                                                                     {"gitlab", Format::gitlab},
                                                                     {"junit", Format::junit},
                                                                     {"gcc", Format::gcc},
                                                                     {"markdown", Format::markdown}}};

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  for (const auto& [known, format] : kNames) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, format] : kNames) names.emplace_back(name);
  return names;
}

bool tells_migrations(Format format) { return format == Format::markdown; }

void write(std::ostream& out, const Report& report, const Sources& sources, Format format, const Style& style) {
  switch (format) {
    case Format::text: return write_text(out, report, sources, style);
    case Format::json: return write_json(out, report, sources);
    case Format::sarif: return write_sarif(out, report, sources);
    case Format::github: return write_github(out, report, sources);
    case Format::gitlab: return write_gitlab(out, report, sources);
    case Format::junit: return write_junit(out, report, sources);
    case Format::gcc: return write_gcc(out, report, sources);
    case Format::markdown: return write_markdown(out, report, sources);
  }
}

}  // namespace whimbrel::report
