// Folders of revisions that nothing links are histories of their own: one a database, one a dialect.
#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "whimbrel/history/history.h"

namespace whimbrel::history {

namespace {

using Ids = std::unordered_map<std::string_view, std::size_t>;

/// Folders, joined where a link leads from one to another.
class Folders {
 public:
  Folders(const std::vector<ir::Migration>& migrations, const FolderOf& folder_of) : migrations_(migrations) {
    std::map<std::string, std::vector<std::size_t>> by_name;
    for (std::size_t i = 0; i < migrations.size(); ++i) by_name[folder_of(migrations[i])].push_back(i);
    for (auto& [name, members] : by_name) folders_.push_back({.name = name, .members = std::move(members)});
    root_.resize(folders_.size());
    std::iota(root_.begin(), root_.end(), std::size_t{0});
  }

  [[nodiscard]] std::size_t size() const { return folders_.size(); }

  void follow_links() {
    Ids homes;
    std::vector<Ids> own(folders_.size());
    for (std::size_t folder = 0; folder < folders_.size(); ++folder) {
      for (const std::size_t member : folders_[folder].members) {
        homes.try_emplace(migrations_[member].id, folder);
        own[folder].try_emplace(migrations_[member].id, member);
      }
    }
    for (std::size_t folder = 0; folder < folders_.size(); ++folder) {
      for (const std::size_t member : folders_[folder].members) {
        follow(folder, migrations_[member].parents, own[folder], homes, true);
        follow(folder, migrations_[member].depends_on, own[folder], homes, false);
        if (migrations_[member].parents.empty()) folders_[folder].has_base = true;
        if (!migrations_[member].labels.empty()) folders_[folder].is_branch = true;
      }
    }
  }

  /// Several, each from its base on and without a branch label: a branch is kept apart on purpose, a loose revision by mistake.
  [[nodiscard]] bool are_histories() const {
    std::map<std::size_t, Folder> joined;
    for (std::size_t folder = 0; folder < folders_.size(); ++folder) {
      Folder& whole = joined[root_of(folder)];
      whole.has_base |= folders_[folder].has_base;
      whole.has_link |= folders_[folder].has_link;
      whole.misses_parent |= folders_[folder].misses_parent;
      whole.is_branch |= folders_[folder].is_branch;
    }
    return joined.size() > 1 && std::ranges::all_of(joined, [](const auto& one) {
      return one.second.has_base && one.second.has_link && !one.second.misses_parent && !one.second.is_branch;
    });
  }

  /// The name of each history's first folder, and what it holds.
  [[nodiscard]] std::map<std::string, std::vector<std::size_t>> histories() const {
    std::map<std::string, std::vector<std::size_t>> all;
    for (std::size_t folder = 0; folder < folders_.size(); ++folder) {
      auto& members = all[folders_[root_of(folder)].name];
      members.insert(members.end(), folders_[folder].members.begin(), folders_[folder].members.end());
    }
    return all;
  }

 private:
  struct Folder {
    std::string name;
    std::vector<std::size_t> members;
    bool has_base = false;
    bool has_link = false;
    bool misses_parent = false;
    bool is_branch = false;
  };

  void follow(std::size_t folder, const std::vector<std::string>& links, const Ids& own, const Ids& homes, bool parents) {
    for (const std::string& link : links) {
      if (own.contains(link)) {
        folders_[folder].has_link = true;
      } else if (const auto home = homes.find(link); home != homes.end()) {
        join(folder, home->second);
        folders_[folder].has_link = true;
      } else {
        folders_[folder].misses_parent |= parents;
      }
    }
  }

  /// The first of the folders that it is joined with.
  [[nodiscard]] std::size_t root_of(std::size_t folder) const {
    while (root_[folder] != folder) folder = root_[folder];
    return folder;
  }

  void join(std::size_t one, std::size_t other) {
    one = root_of(one);
    other = root_of(other);
    root_[std::max(one, other)] = std::min(one, other);
  }

  const std::vector<ir::Migration>& migrations_;
  std::vector<Folder> folders_;
  std::vector<std::size_t> root_;
};

}  // namespace

std::vector<Separate> separate(std::vector<ir::Migration> migrations, const FolderOf& folder_of) {
  std::vector<Separate> result;
  const bool linked = std::ranges::any_of(migrations, [](const ir::Migration& one) { return !one.parents.empty(); });
  if (linked) {
    Folders folders(migrations, folder_of);
    if (folders.size() > 1) folders.follow_links();
    if (folders.are_histories()) {
      for (auto& [name, members] : folders.histories()) {
        Separate& one = result.emplace_back(Separate{.folder = name, .migrations = {}});
        for (const std::size_t member : members) one.migrations.push_back(std::move(migrations[member]));
      }
      return result;
    }
  }
  result.push_back({.folder = {}, .migrations = std::move(migrations)});
  return result;
}

}  // namespace whimbrel::history
