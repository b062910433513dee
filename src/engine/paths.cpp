// Paths as people write them: '/'-separated, relative to the current folder where they lie below it.
#include "paths.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "whimbrel/base/path.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {

std::string current_folder() {
  std::error_code error;
  return std::filesystem::current_path(error).string();
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  return error ? "" : real.string();
}

std::string absolute_path(std::string_view path) {
  return normal_path(path.starts_with('/') ? std::string(path) : join(current_folder(), path));
}

std::string shown_path(const std::string& absolute) { return shown_path(absolute, current_folder()); }

std::string shown_path(const std::string& absolute, const std::string& here) {
  if (here.empty() || !is_within(absolute, here)) return absolute;
  const std::string_view rest = relative_to(absolute, here);
  return rest.empty() ? "." : std::string(rest);
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(path.substr(0, std::max<std::size_t>(slash, 1)));
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string join(std::string_view folder, std::string_view name) {
  if (folder.empty() || folder == ".") return std::string(name);
  std::string result(folder);
  if (!result.ends_with('/')) result += '/';
  return result += name;
}

bool is_within(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string_view relative_to(std::string_view path, std::string_view folder) {
  path.remove_prefix(std::min(folder.size(), path.size()));
  while (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

std::vector<std::string> near_folders(const std::string& folder, std::string_view named) {
  if (named.starts_with('/')) return {absolute_path(named)};
  constexpr int kLevels = 4;  // versions, its script folder, the folder of alembic.ini, and one to spare
  std::vector<std::string> folders;
  std::string at = folder;
  for (int level = 0; level < kLevels; ++level) {
    folders.push_back(absolute_path(join(at, named)));
    if (at == "/") break;
    at = folder_of(at);
  }
  return folders;
}

bool matches_path(std::string_view pattern, std::string_view path, std::string_view root) {
  const std::string_view below = is_within(path, root) ? relative_to(path, root) : path;
  while (pattern.starts_with("./")) pattern.remove_prefix(2);
  while (pattern.size() > 1 && pattern.ends_with('/')) pattern.remove_suffix(1);
  if (matches_glob(pattern, below) || matches_glob(std::string(pattern) + "/**", below)) return true;
  if (pattern.contains('/')) return false;
  const std::string anywhere = "**/" + std::string(pattern);
  return matches_glob(anywhere, below) || matches_glob(anywhere + "/**", below);
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view path, std::string_view root) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches_path(pattern, path, root); });
}

bool has_extension(std::string_view path, std::string_view extension) {
  return path.size() > extension.size() && equals_ignoring_case(path.substr(path.size() - extension.size()), extension);
}

}  // namespace whimbrel::engine
