// Looks for a configuration in a folder and those above it; where there is none, no TOML is read at all.
#include <fmt/format.h>

#include "paths.h"
#include "walk.h"
#include "whimbrel/base/files.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/config.h"

namespace whimbrel::engine {

namespace {

/// Whether it is a link that leads out of the project, where nothing is read.
bool leads_out(const std::string& path, const std::string& folder) {
  return is_link(path) && !is_within(real_path(path), real_path(project_root(folder, Config{})));
}

/// The configuration in this very folder, if there is one.
std::optional<Result<Config>> config_in(const std::string& folder) {
  const std::string own = shown_path(join(folder, "whimbrel.toml"));
  if (is_file(own)) {
    if (leads_out(own, folder)) return fail(fmt::format("{}: this link leads out of the project; --config FILE reads a file anywhere", printable(own)));
    return config_from(own);
  }
  const std::string shared = shown_path(join(folder, "pyproject.toml"));
  if (!is_file(shared) || leads_out(shared, folder)) return std::nullopt;
  const Result<std::string> text = read_file(shared, kLargestConfig);
  if (!text) return std::unexpected(text.error());
  if (!text->contains("whimbrel")) return std::nullopt;
  Result<Config> config = read_config(shared, *text);
  if (config && config->path.empty()) return std::nullopt;  // speaks of whimbrel, but not to it
  return config;
}

}  // namespace

Result<Config> config_from(const std::string& path) {
  const Result<std::string> text = read_file(path, kLargestConfig);
  return text ? read_config(path, *text) : std::unexpected(text.error());
}

Result<Config> find_config(const std::string& start_folder) {
  for (std::string folder = absolute_path(start_folder);; folder = folder_of(folder)) {
    if (std::optional<Result<Config>> found = config_in(folder)) return *std::move(found);
    if (folder == "/") return Config{};
  }
}

}  // namespace whimbrel::engine
