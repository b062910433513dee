// What a project was at a git ref, and what has changed since.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "load.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/frontend/front_end.h"

namespace whimbrel::engine {

/// Reads from git, without a look at the working tree, the files at the merge base of the ref and HEAD that may replay with `files`.
Result<Past> read_past(const std::string& ref, const std::vector<Loaded>& files, const Request& request);

/// Compares the readings of a project with its past, file by file and migration by migration.
class Comparison {
 public:
  /// What readings in a file's folder share; null: nothing.
  using SharedOf = std::function<frontend::Shared*(const Loaded& file)>;

  /// `files` are all that are there now.
  Comparison(const Past& past, const std::vector<Loaded>& files, SharedOf shared_of);

  /// Whether the file says to the byte (but for the ends of its lines) what it said.
  [[nodiscard]] bool is_unchanged(std::size_t file) const { return unchanged_[file]; }
  /// What has become of the migrations in a file that has changed. True if some part of it does something else than before.
  bool compare(const ProjectFile& file, const Sources& sources, const frontend::Reading& reading);
  [[nodiscard]] Changes take_changes() && { return std::move(changes_); }

 private:
  /// A migration that was there.
  struct Old {
    const frontend::FrontEnd* front_end;
    std::string history;
    std::string path;   ///< absolute
    ir::Migration migration;
  };
  void read_old(const std::string& absolute, const std::string& text);
  [[nodiscard]] const Old* find_old(const ProjectFile& file, const std::string& absolute, const ir::Migration& migration, const Sources& sources) const;

  const Past& past_;
  SharedOf shared_of_;
  std::vector<bool> unchanged_;
  Sources sources_;              ///< of files that have changed or are gone, as they were
  std::multimap<std::string, Old, std::less<>> old_;   ///< by id
  Changes changes_;
};

}  // namespace whimbrel::engine
