// Which files lie below a folder: without hidden ones, node_modules, virtual environments and what git ignores.
#include "walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "paths.h"
#include "whimbrel/base/files.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {

namespace {

/// Deeper folders are a loop that no link shows (a mount), or nothing that a person made.
constexpr std::size_t kDeepest = 200;

bool is_never_entered(const std::string& folder) {
  const std::string_view name = name_of(folder);
  return name.starts_with('.') || name == "node_modules" || name == "__pycache__" || is_file(join(folder, "pyvenv.cfg"));
}

}  // namespace

Walk::Walk(const Config& config, std::function<bool(std::string_view)> wants)
    : config_(config), config_root_(absolute_path(config.root)), wants_(std::move(wants)) {}

std::vector<std::string> Walk::files_below(const std::string& folder) {
  Found found;
  enter(folder, config_.gitignore ? rules_above(folder) : nullptr, found);
  follow_links(folder, found);
  std::ranges::sort(found.files);
  std::ranges::sort(notes_);
  return std::move(found.files);
}

void Walk::follow_links(const std::string& top, Found& found) {
  if (found.links.empty() && found.file_links.empty()) return;
  const std::string project = real_path(project_root(top, config_));
  for (std::size_t i = 0; i < found.links.size(); ++i) {  // what they lead to may hold further ones
    const std::string link = found.links[i];
    if (is_within(real_path(link), project)) enter(link, config_.gitignore ? rules_above(link) : nullptr, found);
  }
  for (std::string& link : found.file_links) {
    const std::string real = real_path(link);
    if (real.empty() || is_within(real, project)) {
      found.files.push_back(std::move(link));   // one that leads nowhere is told when it is read
    } else {
      notes_.push_back(fmt::format("{}: skipped, this link leads out of the project", printable(shown_path(link))));
    }
  }
}

void Walk::enter(const std::string& folder, const IgnoreRulesPtr& above, Found& found) {
  if (static_cast<std::size_t>(std::ranges::count(folder, '/')) > kDeepest) return;
  const std::string real = real_path(folder);
  if (!real.empty() && !entered_.insert(real).second) return;
  const Result<std::vector<FolderEntry>> entries = read_folder(folder);
  if (!entries) {
    troubles_.push_back(fmt::format("cannot read {}: {}", printable(shown_path(folder)), entries.error().message));
    return;
  }
  const IgnoreRulesPtr rules = config_.gitignore ? rules_in(folder, above) : nullptr;
  std::vector<std::string> folders;
  for (const FolderEntry& entry : *entries) {
    if (entry.name.starts_with('.')) continue;
    const bool is_folder = entry.kind == FolderEntry::Kind::folder;
    if (!is_folder && (!wants_(entry.name) || (!entry.is_link && entry.kind != FolderEntry::Kind::file))) continue;
    std::string path = join(folder, entry.name);
    if (is_ignored(rules.get(), path, is_folder) || matches_any(config_.exclude, path, config_root_)) continue;
    if (!is_folder) {
      (entry.is_link ? found.file_links : found.files).push_back(std::move(path));
    } else if (!is_never_entered(path)) {
      (entry.is_link ? found.links : folders).push_back(std::move(path));
    }
  }
  std::ranges::sort(found.links);
  for (const std::string& inner : folders) enter(inner, rules, found);
}

std::string project_root(const std::string& folder, const Config& config) {
  for (std::string at = folder;; at = folder_of(at)) {
    const std::string git = join(at, ".git");
    if (is_folder(git) || is_file(git)) return at;
    if (at == "/") break;
  }
  if (!config.path.empty()) {
    const std::string root = absolute_path(config.root);
    if (is_within(folder, root)) return root;
  }
  const std::string here = current_folder();
  return !here.empty() && is_within(folder, here) ? here : folder;
}

}  // namespace whimbrel::engine
