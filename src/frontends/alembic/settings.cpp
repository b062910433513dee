// alembic.ini as Python's configparser reads it, and [tool.alembic] of pyproject.toml.
#include "settings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "whimbrel/base/path.h"
#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

using Keys = std::map<std::string, std::string, std::less<>>;
using Sections = std::vector<std::pair<std::string, Keys>>;

/// Lines without their ends.
template <class Visit>
void for_each_line(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(line);
  }
}

/// Python's configparser: `key = value` or `key: value`, indented lines go on with the value, whole lines are comments.
Sections read_sections(std::string_view text) {
  Sections sections;
  std::string* value = nullptr;
  for_each_line(text, [&](std::string_view line) {
    const std::string_view bare = trim(line);
    if (bare.starts_with('#') || bare.starts_with(';')) return;
    if (bare.empty()) return;
    const bool indented = line.front() == ' ' || line.front() == '\t';
    if (indented && value != nullptr) {
      *value += '\n';
      *value += bare;
    } else if (bare.starts_with('[') && bare.contains(']')) {
      sections.emplace_back(std::string(bare.substr(1, bare.find(']') - 1)), Keys{});
      value = nullptr;
    } else if (const std::size_t sign = bare.find_first_of("=:"); sign != std::string_view::npos && !sections.empty()) {
      value = &sections.back().second[to_lower(trim(bare.substr(0, sign)))];
      *value = trim(bare.substr(sign + 1));
    }
  });
  return sections;
}

/// %(here)s, %(other)s and %%. Nothing where a name is not known.
std::optional<std::string> interpolate(std::string_view value, const Keys& keys, const std::string& folder, int depth = 0) {
  constexpr int kDeepest = 10;
  std::string result;
  while (!value.empty()) {
    const std::size_t sign = std::min(value.find('%'), value.size());
    result += value.substr(0, sign);
    value.remove_prefix(sign);
    if (value.empty()) break;
    if (value.starts_with("%%")) {
      result += '%';
      value.remove_prefix(2);
      continue;
    }
    const std::size_t close = value.find(")s");
    if (!value.starts_with("%(") || close == std::string_view::npos || depth > kDeepest) return std::nullopt;
    const std::string name = to_lower(value.substr(2, close - 2));
    value.remove_prefix(close + 2);
    if (name == "here") {
      result += folder;
      continue;
    }
    const auto other = keys.find(name);
    const auto inner = other == keys.end() ? std::nullopt : interpolate(other->second, keys, folder, depth + 1);
    if (!inner) return std::nullopt;
    result += *inner;
  }
  return result;
}

/// A folder as Alembic understands it: `package:folder` lies where the package does, which most likely is here.
std::string place(std::string_view written, const std::string& folder) {
  std::string path(trim(written));
  if (const std::size_t colon = path.find(':'); colon != std::string::npos && colon > 1) {
    std::ranges::replace(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon), '.', '/');
    path[colon] = '/';
  }
  return normal_path(path.starts_with('/') ? path : folder + '/' + path);
}

/// What stands between folders. Alembic's page "Multiple Version Directories": path_separator (since 1.16), before it version_path_separator,
/// else commas and blanks.
std::string_view separators(const Keys& keys) {
  for (const std::string_view key : {"path_separator", "version_path_separator"}) {
    const auto found = keys.find(key);
    if (found == keys.end()) continue;
    if (found->second == "os" || found->second == ":") return ":";
    if (found->second == "space") return " ";
    if (found->second == "newline") return "\n";
    if (found->second == ";") return ";";
  }
  return ", \n";
}

std::vector<std::string> split(std::string_view text, std::string_view at) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(at), text.size());
    if (const std::string_view piece = trim(text.substr(0, end)); !piece.empty()) pieces.emplace_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

bool is_true(std::string_view text) { return equals_ignoring_case(text, "true") || equals_ignoring_case(text, "yes") || text == "1" || equals_ignoring_case(text, "on"); }

/// The text of a TOML string at the front, which is taken away; nothing where there is none.
std::optional<std::string> take_string(std::string_view& text) {
  text = trim(text);
  for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
    if (!text.starts_with(quote)) continue;
    const std::size_t close = text.find(quote, quote.size());
    if (close == std::string_view::npos) return std::nullopt;
    std::string value(text.substr(quote.size(), close - quote.size()));
    text.remove_prefix(close + quote.size());
    return value;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Settings> read_ini(std::string_view text, const std::string& folder) {
  const Sections sections = read_sections(text);
  Keys defaults;
  for (const auto& [name, keys] : sections) {
    if (name == "DEFAULT") defaults = keys;
  }
  std::vector<Settings> found;
  for (const auto& [name, own] : sections) {
    if (name == "DEFAULT") continue;
    Keys keys = own;
    keys.insert(defaults.begin(), defaults.end());
    const auto script = keys.find("script_location");
    if (script == keys.end()) continue;
    Settings settings;
    settings.name = name;
    if (const auto location = interpolate(script->second, keys, folder)) settings.script_location = place(*location, folder);
    if (const auto versions = keys.find("version_locations"); versions != keys.end()) {
      for (const std::string& one : split(interpolate(versions->second, keys, folder).value_or(""), separators(keys))) {
        settings.version_locations.push_back(place(one, folder));
      }
    }
    if (const auto folders = keys.find("prepend_sys_path"); folders != keys.end()) {
      for (const std::string& one : split(interpolate(folders->second, keys, folder).value_or(""), ",:; \n")) {
        settings.module_folders.push_back(place(one, folder));
      }
    }
    if (const auto recursive = keys.find("recursive_version_locations"); recursive != keys.end()) settings.recursive = is_true(recursive->second);
    found.push_back(std::move(settings));
  }
  return found;
}

std::vector<Settings> read_pyproject(std::string_view text, const std::string& folder) {
  std::string own;   // the lines of the table
  bool inside = false;
  for_each_line(text, [&](std::string_view line) {
    const std::string_view bare = trim(line);
    if (bare.starts_with('[') && bare.ends_with(']') && !bare.contains('"') && !bare.contains('\'')) {
      inside = bare == "[tool.alembic]";
    } else if (inside && !bare.starts_with('#')) {
      own += bare;
      own += '\n';
    }
  });
  if (own.empty()) return {};
  Settings settings;
  settings.name = "tool.alembic";
  settings.script_location = place("migrations", folder);
  std::string_view rest = own;
  const auto resolved = [&](std::string_view value) { return place(interpolate(value, {}, folder).value_or(std::string(value)), folder); };
  bool has_script = false;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const std::size_t equals = line.find('=');
    const std::string_view key = trim(line.substr(0, equals == std::string_view::npos ? 0 : equals));
    if (equals != std::string_view::npos && key == "script_location") {
      std::string_view value = line.substr(equals + 1);
      if (const auto location = take_string(value)) {
        settings.script_location = resolved(*location);
        has_script = true;
      }
    } else if (equals != std::string_view::npos && (key == "version_locations" || key == "prepend_sys_path")) {
      std::vector<std::string>& folders = key == "version_locations" ? settings.version_locations : settings.module_folders;
      std::string_view list = trim(rest.substr(equals + 1));
      if (list.starts_with('[')) list.remove_prefix(1);
      while (!list.empty() && !list.starts_with(']')) {
        if (list.starts_with('#')) {
          list.remove_prefix(std::min(list.find('\n'), list.size()));
        } else if (const auto location = take_string(list)) {
          folders.push_back(resolved(*location));
        } else if (list.starts_with(',')) {
          list.remove_prefix(1);
        } else {
          break;
        }
        list = trim(list);
      }
    } else if (equals != std::string_view::npos && key == "recursive_version_locations") {
      settings.recursive = is_true(trim(line.substr(equals + 1)));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!has_script) return {};
  return {std::move(settings)};
}

}  // namespace whimbrel::alembic
