// Finds modules as Python would: relative to the importing file, in the folders of the settings, then around the history.
#include "modules.h"

#include <algorithm>
#include <array>

#include "recorder.h"
#include "surroundings.h"

namespace whimbrel::alembic {

namespace {

constexpr int kLevels = 6;                               ///< above the history's folder
constexpr std::size_t kLargestModule = 512UL * 1024;

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

}  // namespace

std::vector<std::string> module_files(std::string name, std::string_view from, std::span<const std::string> folders) {
  const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
  std::string rest = name.substr(dots);
  std::ranges::replace(rest, '.', '/');
  std::vector<std::string> files;
  const auto add = [&](const std::string& folder) {
    if (!rest.empty()) files.push_back(folder + rest + ".py");
    files.push_back(folder + rest + (rest.empty() ? "__init__.py" : "/__init__.py"));
  };
  if (dots > 0) {  // from its own package on
    std::string folder(folder_of(from));
    for (std::size_t i = 1; i < dots; ++i) folder += "../";
    add(folder);
    return files;
  }
  for (const std::string& folder : folders) add(folder);
  std::string up;
  for (int level = 0; level <= kLevels; ++level, up += "../") {
    for (const std::string_view below : {"", "src/"}) add(up + std::string(below));
  }
  return files;
}

bool ProjectModules::may_have(std::string_view name) const { return name.starts_with('.') || !is_library(name); }

const python::Module* ProjectModules::open(const std::string& path) {
  if (const auto known = files_.find(path); known != files_.end()) return known->second != nullptr ? &known->second->module : nullptr;
  std::unique_ptr<Parsed>& parsed = files_[path];
  auto text = nearby_(path);
  if (!text || text->size() > kLargestModule) return nullptr;
  parsed = std::make_unique<Parsed>(*std::move(text));
  parsed->module = {.path = path, .tree = &parsed->tree};
  return &parsed->module;
}

const python::Module* ProjectModules::find(std::string_view name, const python::Module& importer) {
  const std::scoped_lock lock(mutex_);
  const bool relative = name.starts_with('.');
  std::pair key(std::string(name), relative ? std::string(folder_of(importer.path)) : std::string());
  if (const auto known = names_.find(key); known != names_.end()) return known->second;
  const python::Module* found = nullptr;
  for (const std::string& file : module_files(key.first, importer.path, folders_)) {
    found = open(file);
    if (found != nullptr) break;
  }
  names_.emplace(std::move(key), found);
  return found;
}

std::unique_ptr<frontend::Shared> share_modules(const std::string& history, const frontend::Surroundings& surroundings, frontend::NearbyFile nearby) {
  std::vector<std::string> folders;
  for (const std::string& folder : surroundings.module_folders) {
    std::string path = path_to(folder, history);
    if (!path.empty() && !path.ends_with('/')) path += '/';
    folders.push_back(std::move(path));
  }
  return std::make_unique<ProjectModules>(std::move(folders), std::move(nearby));
}

}  // namespace whimbrel::alembic
