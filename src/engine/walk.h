// Which files lie below a folder: without hidden ones, node_modules, virtual environments and what git ignores.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gitignore.h"
#include "whimbrel/engine/config.h"

namespace whimbrel::engine {

/// Walks folders; all paths are absolute. Symbolic links are followed as far as they stay in the project. A folder is entered once in the life of a walk, however many names it has.
class Walk {
 public:
  /// `wants` says by its name whether a file is of interest.
  Walk(const Config& config, std::function<bool(std::string_view name)> wants);

  /// Files below the folder, which itself is entered whatever its name. Sorted bytewise.
  std::vector<std::string> files_below(const std::string& folder);
  /// Unreadable folders, one sentence each.
  [[nodiscard]] const std::vector<std::string>& troubles() const { return troubles_; }
  /// Files that were left out though they were wanted, one sentence each.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  struct Found {
    std::vector<std::string> files;
    std::vector<std::string> links;        ///< symbolic links to folders: entered after all real ones
    std::vector<std::string> file_links;
  };
  void enter(const std::string& folder, const IgnoreRulesPtr& above, Found& found);
  void follow_links(const std::string& top, Found& found);

  const Config& config_;
  std::string config_root_;
  std::function<bool(std::string_view)> wants_;
  std::set<std::string> entered_;     ///< real names
  std::vector<std::string> troubles_;
  std::vector<std::string> notes_;
};

/// The folder that counts as the project around a path: its repository's top, else the configuration's folder or the current one where
/// the path lies below it, else the path's own folder.
std::string project_root(const std::string& folder, const Config& config);

}  // namespace whimbrel::engine
