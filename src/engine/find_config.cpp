// Looks for a configuration in a folder and those above it; where there is none, no TOML is read at all.
#include <fmt/format.h>

#include "paths.h"
#include "whimbrel/base/files.h"
#include "whimbrel/engine/config.h"

namespace whimbrel::engine {

namespace {

constexpr std::uint64_t kLargestConfig = 1024 * 1024;

/// The configuration in this very folder, if there is one.
std::optional<Result<Config>> config_in(const std::string& folder) {
  const std::string own = shown_path(join(folder, "whimbrel.toml"));
  if (is_file(own)) {
    const Result<std::string> text = read_file(own, kLargestConfig);
    return text ? read_config(own, *text) : std::unexpected(text.error());
  }
  const std::string shared = shown_path(join(folder, "pyproject.toml"));
  if (!is_file(shared)) return std::nullopt;
  const Result<std::string> text = read_file(shared, kLargestConfig);
  if (!text) return std::unexpected(text.error());
  if (!text->contains("whimbrel")) return std::nullopt;
  Result<Config> config = read_config(shared, *text);
  if (config && config->path.empty()) return std::nullopt;  // speaks of whimbrel, but not to it
  return config;
}

}  // namespace

Result<Config> find_config(const std::string& start_folder) {
  for (std::string folder = absolute_path(start_folder);; folder = folder_of(folder)) {
    if (std::optional<Result<Config>> found = config_in(folder)) return *std::move(found);
    if (folder == "/") return Config{};
  }
}

}  // namespace whimbrel::engine
