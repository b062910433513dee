// Where migrations usually lie: for a run that names no path.
#include "places.h"

#include <algorithm>
#include <array>

#include "paths.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {

namespace {

constexpr std::array<std::string_view, 4> kFolders{"versions", "alembic", "flyway", "changesets"};

/// db/migrate, migrations, pg-migrations, schema_migrations …
bool is_usual_folder(std::string_view name) {
  const std::string lower = to_lower(name);
  return lower.contains("migrat") || std::ranges::find(kFolders, lower) != kFolders.end();
}

/// 1_x.up.sql of many runners, V1__x.sql of Flyway.
bool is_usual_name(std::string_view name) {
  const std::string lower = to_lower(name);
  if (lower.ends_with(".up.sql") || lower.ends_with(".down.sql")) return true;
  const bool kind = name.starts_with('V') || name.starts_with('U') || name.starts_with('R');
  return kind && lower.ends_with(".sql") && lower.contains("__");
}

}  // namespace

bool is_usual_place(std::string_view path, std::string_view top) {
  if (is_usual_folder(top) || is_usual_name(name_of(path))) return true;
  for (std::size_t slash = path.find('/'), begin = 0; slash != std::string_view::npos; slash = path.find('/', begin)) {
    if (is_usual_folder(path.substr(begin, slash - begin))) return true;
    begin = slash + 1;
  }
  return false;
}

bool says_locations(std::string_view name) { return name == "alembic.ini" || name == "pyproject.toml"; }

std::vector<std::string> locations_in(std::string_view text, const std::string& folder) {
  std::vector<std::string> locations;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (!line.starts_with("script_location") && !line.starts_with("version_locations")) continue;
    const std::size_t equals = line.find_first_of("=:");
    if (equals == std::string_view::npos) continue;
    line.remove_prefix(equals + 1);
    // A list goes on: indented lines of an ini file, lines up to the bracket of a TOML file.
    std::size_t last = end;
    if (line.contains('[') && !line.contains(']')) {
      const std::size_t close = text.find(']', end);
      if (close != std::string_view::npos) last = close;
    } else {
      while (last + 1 < text.size() && (text[last + 1] == ' ' || text[last + 1] == '\t')) last = std::min(text.find('\n', last + 1), text.size());
    }
    const auto from_here = static_cast<std::size_t>(line.data() - text.data());
    if (last > end) line = text.substr(from_here, last - from_here);
    begin = last + 1;
    constexpr std::string_view kBetween = " \t\r\n,;:[]\"'";
    for (std::size_t from = line.find_first_not_of(kBetween); from != std::string_view::npos; from = line.find_first_not_of(kBetween, from)) {
      const std::size_t to = std::min(line.find_first_of(kBetween, from), line.size());
      std::string_view place = line.substr(from, to - from);
      from = to;
      for (const std::string_view here : {"%(here)s", "%%(here)s"}) {
        if (!place.starts_with(here)) continue;
        place.remove_prefix(here.size());
        while (place.starts_with('/')) place.remove_prefix(1);
      }
      locations.push_back(absolute_path(join(folder, place)));
    }
  }
  return locations;
}

}  // namespace whimbrel::engine
