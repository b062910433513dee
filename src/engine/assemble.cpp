// From loaded files to a project: numbered, read, and arranged into histories.
#include "assemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

#include "lender.h"
#include "parallel.h"
#include "past.h"
#include "paths.h"
#include "questions.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {

namespace {

/// Files that are read before the first of them is taken into the project: many enough for several cores, few enough for memory.
constexpr std::size_t kTogether = 1024;

/// Histories of two front ends in one folder are two; their keys sort first.
struct Key {
  std::string history;
  std::string_view front_end;
  friend auto operator<=>(const Key&, const Key&) = default;
};

/// The readings that replay together, and what their surroundings say.
struct Group {
  const frontend::FrontEnd* front_end = nullptr;
  frontend::Surroundings surroundings;
  std::vector<ir::Migration> migrations;
};

/// Which folder's history each folder belongs to: version_locations make one history of several.
class Groups {
 public:
  Groups(const std::vector<Loaded>& files, const NearbyOf& nearby) {
    std::vector<const Loaded*> firsts;   // files come folder by folder: the first of each
    const auto address = [](const Loaded& file) { return &file; };
    std::ranges::unique_copy(files | std::views::filter([](const Loaded& file) { return file.claim.reads; }) | std::views::transform(address),
                             std::back_inserter(firsts), {}, [](const Loaded* file) { return std::tie(file->claim.history, file->front_end); });
    std::set<Key> keys;
    for (const Loaded* file : firsts) keys.insert(key_of(*file));
    for (const Loaded* first : firsts) {
      const Loaded& file = *first;
      const Key key = key_of(file);
      if (homes_.contains(key)) continue;
      Group group{.front_end = file.front_end, .surroundings = {}, .migrations = {}};
      if (file.front_end->surroundings != nullptr) group.surroundings = file.front_end->surroundings(absolute_path(key.history), nearby(key.history));
      homes_.emplace(key, key);
      for (const std::string& location : group.surroundings.version_locations) {
        for (const std::string& folder : near_folders(absolute_path(key.history), location)) {
          const Key other{shown_path(folder), key.front_end};
          if (!keys.contains(other)) continue;
          homes_.emplace(other, key);
          break;
        }
      }
      groups_.emplace(key, std::move(group));
    }
  }

  [[nodiscard]] const Key& home_of(const Loaded& file) const {
    if (last_ == homes_.end() || !is_of(last_->first, file)) last_ = homes_.find(key_of(file));
    return last_->second;
  }
  /// What the readings of a folder's files share; null: nothing.
  frontend::Shared* shared_by(const Loaded& file, const NearbyOf& nearby) {
    if (!file.claim.reads || file.front_end->share == nullptr) return nullptr;
    const Key key = key_of(file);
    const auto home = homes_.find(key);
    if (home == homes_.end()) return nullptr;
    std::unique_ptr<frontend::Shared>& shared = shared_[key];
    if (shared == nullptr) shared = file.front_end->share(absolute_path(key.history), at(home->second).surroundings, nearby(key.history));
    return shared.get();
  }
  [[nodiscard]] Group& at(const Key& home) { return groups_.at(home); }
  [[nodiscard]] std::map<Key, Group>& all() { return groups_; }

 private:
  static Key key_of(const Loaded& file) { return {file.claim.history, file.front_end->name}; }
  static bool is_of(const Key& key, const Loaded& file) { return key.history == file.claim.history && key.front_end == file.front_end->name; }
  std::map<Key, Key> homes_;
  mutable std::map<Key, Key>::const_iterator last_ = homes_.end();   ///< of the file that was last asked for: the next one mostly lies beside it
  std::map<Key, Group> groups_;
  std::map<Key, std::unique_ptr<frontend::Shared>> shared_;
};

/// Says which files were asked for and are not read, and why: in one line what a folder has many of.
void note_skipped(Project& project, const std::vector<Loaded>& files) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::string_view>> skipped;   // by folder and reason
  for (const Loaded& file : files) {
    if (!file.judged || file.claim.skipped.empty()) continue;
    const std::string_view path = file.path;
    skipped[{path.substr(0, path.rfind('/') + 1), file.claim.skipped}].push_back(path);
  }
  for (const auto& [about, paths] : skipped) {
    const auto& [folder, reason] = about;
    const std::string what = paths.size() == 1 ? printable(paths.front()) : fmt::format("{} files in {}", paths.size(), printable(folder.empty() ? "." : folder));
    project.notes.push_back(fmt::format("{}: {}", what, printable(reason)));
  }
}

/// Puts the file into the project; its id is the next one.
void enter(Project& project, Loaded& file, std::string history) {
  ProjectFile entry{.file = {}, .front_end = nullptr, .history = {}, .judged = file.judged, .named = file.named, .remark = {}};
  if (file.claim.reads) {
    entry.front_end = file.front_end;
    entry.history = std::move(history);
  }
  entry.remark = file.bad_text.empty() ? file.claim.skipped : file.bad_text;
  entry.file = project.sources.add({std::move(file.path), std::move(file.text)});
  if (file.judged && !file.bad_text.empty()) {
    project.bad_text.push_back({{entry.file, file.bad_begin, file.bad_end}, file.bad_text});
  }
  project.files.push_back(std::move(entry));
}

void take_reading(Project& project, const ProjectFile& file, frontend::Reading reading, Group& group) {
  std::ranges::move(reading.migrations, std::back_inserter(group.migrations));
  if (!file.judged) return;
  std::ranges::move(reading.directives, std::back_inserter(project.directives));
  std::ranges::move(reading.statements_without_migration, std::back_inserter(project.statement_spans));
  for (const frontend::Note& note : reading.notes) {
    project.notes.push_back(fmt::format("{}: {}", printable(project.sources[note.file].path), printable(note.message)));
  }
}

std::uint64_t text_of(const Project& project) {
  std::uint64_t bytes = 0;
  for (const ProjectFile& file : project.files) bytes += project.sources[file.file].text.size();
  return bytes;
}

/// The group as one history, or several where subfolders of its folder have nothing to do with each other and nothing says that they do.
std::vector<history::Separate> histories_of(const Project& project, const std::string& folder, Group& group) {
  const bool is_one = !group.surroundings.version_locations.empty() || group.surroundings.recursive;
  return history::separate(std::move(group.migrations), [&](const ir::Migration& migration) {
    if (is_one) return std::string();
    const std::string_view path = project.sources[migration.up.file].path;
    if (!path.starts_with(folder) || path.size() <= folder.size()) return std::string();
    const std::string_view below = path.substr(folder.size() + 1);
    const std::size_t slash = below.find('/');
    return std::string(slash == std::string_view::npos ? std::string_view() : below.substr(0, slash));
  });
}

history::UpChange up_change(const Changes& changes, const ir::Migration& migration) {
  if (migration.up.state == ir::PartState::missing) return {};
  const PartChange* change = changes.of(migration.up, ir::Direction::up);
  return change == nullptr ? history::UpChange{} : history::UpChange{.is_new = change->is_new, .difference = change->difference};
}

}  // namespace

void assemble(Project& project, std::vector<Loaded> files, std::uint64_t kept_text, const NearbyOf& nearby, const Past* past) {
  Groups groups(files, nearby);
  std::optional<Comparison> comparison;
  if (past != nullptr) {
    comparison.emplace(*past, files, [&](const Loaded& file) { return groups.shared_by(file, nearby); });
    for (std::size_t i = 0; i < files.size(); ++i) {
      files[i].unchanged = comparison->is_unchanged(i);
      if (files[i].unchanged) files[i].judged = false;
    }
  }
  std::set<Key> judged;
  for (const Loaded& file : files) {
    if (file.claim.reads && file.judged) judged.insert(groups.home_of(file));
  }
  std::erase_if(files, [&](const Loaded& file) {
    return !file.judged && !(file.claim.reads && judged.contains(groups.home_of(file)));
  });

  note_skipped(project, files);
  std::vector<const Key*> homes;
  std::vector<frontend::Shared*> shared;
  std::vector<bool> readable;
  std::vector<bool> unchanged;
  for (Loaded& file : files) {
    shared.push_back(groups.shared_by(file, nearby));
    homes.push_back(file.claim.reads ? &groups.home_of(file) : nullptr);
    readable.push_back(file.claim.reads && !file.unusable);
    unchanged.push_back(file.unchanged);
    enter(project, file, homes.back() != nullptr ? homes.back()->history : "");
  }

  files = {};   // all that is needed of them is in the project now
  const bool keeps = text_of(project) <= kept_text;
  for (std::size_t begin = 0; begin < readable.size(); begin += kTogether) {
    std::vector<frontend::Reading> readings(std::min(kTogether, readable.size() - begin));
    for_each_in_parallel(readings.size(), project.jobs, [&](std::size_t at) {
      const std::size_t i = begin + at;
      const auto id = static_cast<FileId>(i);
      if (readable[i]) readings[at] = project.files[i].front_end->read(project.sources[id], id, shared[i]);
    });
    for (std::size_t i = begin; i < begin + readings.size(); ++i) {
      if (!readable[i]) continue;
      ProjectFile& file = project.files[i];
      frontend::Reading& reading = readings[i - begin];
      if (comparison && !unchanged[i] && !comparison->compare(file, project.sources, reading)) file.judged = false;
      file.let_go = !keeps && let_go(*file.front_end, reading);
      take_reading(project, file, std::move(reading), groups.at(*homes[i]));
    }
  }
  if (comparison) project.changes = std::move(*comparison).take_changes();

  for (auto& [key, group] : groups.all()) {
    if (!judged.contains(key)) continue;
    if (group.front_end->settle != nullptr) group.front_end->settle(group.migrations, project.sources, nearby(key.history), group.surroundings);
    for (history::Separate& one : histories_of(project, key.history, group)) {
      const std::string name = one.folder.empty() ? key.history : fmt::format("{}/{}", key.history, one.folder);
      for (const ir::Migration& migration : one.migrations) {
        if (!one.folder.empty()) project.files[static_cast<std::size_t>(migration.up.file)].history = name;
      }
      history::History& arranged = project.histories.emplace_back(history::arrange(name, group.surroundings, std::move(one.migrations)));
      answer_questions(arranged, *group.front_end, project, [&](FileId file) { return shared[static_cast<std::size_t>(file)]; });
      if (project.changes) history::compare_with_past(arranged, [&](const ir::Migration& migration) { return up_change(*project.changes, migration); });
    }
  }
}

}  // namespace whimbrel::engine
