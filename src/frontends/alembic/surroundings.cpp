// Finds the settings that a history belongs to, and env.py beside them.
#include "surroundings.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "settings.h"

namespace whimbrel::alembic {

namespace {

constexpr int kLevels = 5;   ///< above the folder of the revisions that settings are looked for

std::string up(int levels) {
  std::string path;
  for (int i = 0; i < levels; ++i) path += "../";
  return path;
}

std::string_view parent(std::string_view folder) {
  const std::size_t slash = folder.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
}

bool is_within(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::vector<std::string> locations_of(const Settings& settings) {
  if (!settings.version_locations.empty()) return settings.version_locations;
  return {settings.script_location + "/versions"};
}

bool has(const Settings& settings, std::string_view history) {
  return std::ranges::any_of(locations_of(settings), [&](const std::string& location) {
    return history == location || (settings.recursive && is_within(history, location));
  });
}

/// The nearest settings that name the history's folder.
std::optional<Settings> settings_of(const std::string& history, const frontend::NearbyFile& nearby) {
  std::string_view folder = history;
  for (int level = 0; level <= kLevels; ++level) {
    std::vector<Settings> sections;
    if (const auto text = nearby(up(level) + "alembic.ini")) sections = read_ini(*text, std::string(folder));
    if (const auto text = nearby(up(level) + "pyproject.toml")) std::ranges::move(read_pyproject(*text, std::string(folder)), std::back_inserter(sections));
    for (Settings& section : sections) {
      if (has(section, history)) return std::move(section);
    }
    if (folder.empty()) break;
    folder = parent(folder);
  }
  return std::nullopt;
}

}  // namespace

std::string path_to(std::string_view target, std::string_view history) {
  int levels = 0;
  std::string_view common = history;
  while (!common.empty() && !is_within(target, common)) {
    common = parent(common);
    ++levels;
  }
  std::string_view rest = target.substr(common.size());
  while (rest.starts_with('/')) rest.remove_prefix(1);
  return up(levels) + std::string(rest);
}

frontend::Surroundings read_surroundings(const std::string& history, const frontend::NearbyFile& nearby) {
  frontend::Surroundings surroundings;
  surroundings.transaction = ir::TransactionMode::single;
  std::vector<std::string> environments;
  if (const std::optional<Settings> settings = settings_of(history, nearby)) {
    if (!settings->script_location.empty()) environments.push_back(path_to(settings->script_location + "/env.py", history));
    surroundings.version_locations = settings->version_locations;
    surroundings.recursive = settings->recursive;
    surroundings.module_folders = settings->module_folders;
  }
  // Settings may be made by a program, or lie elsewhere: env.py is beside the folder of revisions, or a little above.
  environments.emplace_back("../env.py");
  environments.emplace_back("env.py");
  environments.emplace_back("../../env.py");
  environments.emplace_back("../../../env.py");
  for (const std::string& path : environments) {
    const auto text = nearby(path);
    if (!text) continue;
    read_environment(*text, surroundings);
    surroundings.naming_convention = read_naming_convention(*text, path, nearby);
    break;
  }
  return surroundings;
}

}  // namespace whimbrel::alembic
