// Opens a project: from the disk, or from texts at hand.
#include "whimbrel/engine/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "assemble.h"
#include "discover.h"
#include "load.h"
#include "past.h"
#include "paths.h"

namespace whimbrel::engine {

Result<Project> open_project(const Request& request, Config config) {
  Project project;
  project.config = std::move(config);
  Discovery found = discover(request, project.config);
  project.notes = std::move(found.notes);
  project.troubles = std::move(found.troubles);
  project.searched = std::move(found.searched);
  std::optional<Past> past;
  if (!request.since.empty()) {
    Result<Past> read = read_past(request.since, found.files, request);
    if (!read) return std::unexpected(read.error());
    past = *std::move(read);
  }
  project.jobs = request.jobs;
  assemble(project, std::move(found.files), request.kept_text,
           [&](const std::string& history) { return nearby_on_disk(history, project.config); }, past ? &*past : nullptr);
  return project;
}

Project open_project(std::vector<SourceFile> files, Config config, const std::function<bool(std::string_view)>& judged, const Past* past,
                     unsigned jobs, std::uint64_t kept_text) {
  Project project;
  project.config = std::move(config);
  std::ranges::sort(files, {}, &SourceFile::path);
  const auto nearby = [&files](const std::string& history) -> frontend::NearbyFile {
    return [&files, folder = history](std::string_view path) -> std::optional<std::string> {
      const std::string wanted = absolute_path(join(folder, path));
      const auto found = std::ranges::find_if(files, [&](const SourceFile& file) { return absolute_path(file.path) == wanted; });
      if (found == files.end()) return std::nullopt;
      std::string text = found->text;
      replace_stray_bytes(text);
      return text;
    };
  };
  std::vector<Loaded> loaded;
  for (const SourceFile& file : files) {
    if (!has_front_end(file.path)) continue;
    Loaded one;
    one.path = file.path;
    one.text = file.text;
    one.judged = !judged || judged(file.path);
    one.named = judged && one.judged;
    examine(one);
    if (one.front_end != nullptr) loaded.push_back(std::move(one));
  }
  project.searched.push_back(current_folder());
  project.jobs = jobs;
  assemble(project, std::move(loaded), kept_text, nearby, past);
  return project;
}

}  // namespace whimbrel::engine
