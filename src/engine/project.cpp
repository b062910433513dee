// Opens a project: from the disk, or from texts at hand.
#include "whimbrel/engine/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "assemble.h"
#include "discover.h"
#include "paths.h"

namespace whimbrel::engine {

Project open_project(const Request& request, Config config) {
  Project project;
  project.config = std::move(config);
  Discovery found = discover(request, project.config);
  project.notes = std::move(found.notes);
  project.troubles = std::move(found.troubles);
  assemble(project, std::move(found.files), request.jobs,
           [&](const std::string& history) { return nearby_on_disk(history, project.config); });
  return project;
}

Project open_project(std::vector<SourceFile> files, Config config, const std::function<bool(std::string_view)>& judged) {
  Project project;
  project.config = std::move(config);
  std::ranges::sort(files, {}, &SourceFile::path);
  const auto nearby = [&files](const std::string& history) -> frontend::NearbyFile {
    return [&files, folder = history](std::string_view path) -> std::optional<std::string> {
      const std::string wanted = absolute_path(join(folder, path));
      const auto found = std::ranges::find_if(files, [&](const SourceFile& file) { return absolute_path(file.path) == wanted; });
      return found == files.end() ? std::nullopt : std::optional(found->text);
    };
  };
  std::vector<Loaded> loaded;
  for (const SourceFile& file : files) {
    if (!has_front_end(file.path)) continue;
    Loaded one;
    one.path = file.path;
    one.text = file.text;
    one.judged = !judged || judged(file.path);
    examine(one);
    if (one.front_end != nullptr) loaded.push_back(std::move(one));
  }
  assemble(project, std::move(loaded), 1, nearby);
  return project;
}

}  // namespace whimbrel::engine
