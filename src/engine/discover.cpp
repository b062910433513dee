// From what was asked for to loaded files: what is judged, and what is only replayed before it.
#include "discover.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "parallel.h"
#include "paths.h"
#include "places.h"
#include "walk.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {

namespace {

constexpr std::uint64_t kLargestNearby = 1024 * 1024;

/// Gathers files by absolute path, so that a file named twice is one.
class Gathering {
 public:
  Gathering(const Request& request, const Config& config)
      : request_(request),
        config_(config),
        walk_(config, [this](std::string_view name) { return has_front_end(name) || (looks_around_ && says_locations(name)); }) {}

  Discovery run() {
    if (request_.stdin_text) add_stdin();
    for (const std::string& path : request_.paths) add_argument(path);
    if (request_.paths.empty() && !request_.stdin_text) look_around();
    load_new();
    note_empty_folders();
    complete_histories();
    return finish();
  }

 private:
  struct Asked {
    std::string folder;   ///< absolute
    std::string shown;
  };

  void add_stdin() {
    if (request_.stdin_path.empty()) {
      Loaded& file = files_["<stdin>"];
      file.path = "<stdin>";
      read_from_stdin(file);
      return;
    }
    const std::string absolute = absolute_path(request_.stdin_path);
    Loaded& file = add(absolute, true);
    std::erase(fresh_, &file);  // the text at hand counts, not the disk's
    read_from_stdin(file);
  }

  void read_from_stdin(Loaded& file) {
    file.text = *request_.stdin_text;
    file.judged = true;
    file.named = true;
    examine(file);
  }

  void add_argument(const std::string& path) {
    const std::string absolute = absolute_path(path);
    if (is_folder(absolute)) {
      folders_.push_back({absolute, path});
      for (const std::string& file : walk_.files_below(absolute)) add(file, true);
      return;
    }
    if (is_file(absolute) && !has_front_end(absolute)) {
      troubles_.push_back(fmt::format("cannot lint {}: no migration is written in files of this kind", printable(path)));
      return;
    }
    if (matches_any(config_.exclude, absolute, absolute_path(config_.root))) {
      notes_.push_back(fmt::format("{}: skipped, the configuration excludes it", printable(path)));
      return;
    }
    add(absolute, true).named = true;  // a missing one is told when it is read
  }

  /// No path: the usual places below the current folder, and those that alembic.ini names.
  void look_around() {
    looks_around_ = true;
    const std::vector<std::string> found = walk_.files_below(here_);
    looks_around_ = false;
    std::vector<std::string> locations;
    for (const std::string& file : found) {
      if (!says_locations(name_of(file))) continue;
      if (const auto text = read_file(file, kLargestNearby)) std::ranges::move(locations_in(*text, folder_of(file)), std::back_inserter(locations));
    }
    for (const std::string& file : found) {
      const bool named = std::ranges::any_of(locations, [&](const std::string& location) { return location != here_ && is_within(file, location); });
      if (!has_front_end(file) || !(named || is_usual_place(relative_to(file, here_), name_of(here_)))) continue;
      add(file, true);
    }
    folders_.push_back({here_, "the current folder"});
  }

  Loaded& add(const std::string& absolute, bool judged) {
    const std::size_t before = files_.size();
    const auto place = files_.try_emplace(behind_last_, absolute);  // a folder's files come sorted
    behind_last_ = std::next(place);
    if (files_.size() > before) {
      place->second.path = shown_path(absolute, here_);
      fresh_.push_back(&place->second);
    }
    place->second.judged |= judged;
    return place->second;
  }

  void load_new() {
    const std::vector<Loaded*> fresh = std::exchange(fresh_, {});
    for_each_in_parallel(fresh.size(), request_.jobs, [&](std::size_t i) { load_from_disk(*fresh[i]); });
  }

  void note_empty_folders() {
    for (const Asked& asked : folders_) {
      const bool has_some = std::ranges::any_of(files_, [&](const auto& entry) {
        return entry.second.front_end != nullptr && is_within(entry.first, asked.folder);
      });
      if (!has_some) notes_.push_back(fmt::format("{}: no migrations found", printable(asked.shown)));
    }
  }

  using HistoryKey = std::pair<const frontend::FrontEnd*, std::string>;

  /// Adds the files that replay together with the judged ones, folder by folder, until there is no new folder.
  void complete_histories() {
    std::set<HistoryKey> searched;
    for (bool found_new = true; found_new;) {
      found_new = false;
      std::vector<HistoryKey> keys;
      for (const auto& [absolute, file] : files_) {
        if (!file.judged || !file.claim.reads || absolute == "<stdin>") continue;
        if (searched.emplace(file.front_end, file.claim.history).second) keys.emplace_back(file.front_end, file.claim.history);
      }
      for (const auto& [front_end, history] : keys) {
        found_new = true;
        const std::string folder = absolute_path(history);
        search(*front_end, history, folder);
        if (front_end->surroundings == nullptr) continue;
        for (const std::string& location : front_end->surroundings(folder, nearby_on_disk(history, config_)).version_locations) {
          const std::vector<std::string> meant = near_folders(folder, location);
          const auto existing = std::ranges::find_if(meant, is_folder);
          if (existing == meant.end()) continue;
          if (is_within(real_path(*existing), real_path(project_root(folder, config_)))) {
            search(*front_end, shown_path(*existing), *existing);
          } else {
            notes_.push_back(fmt::format("{}: skipped, the configuration of {} leads out of the project", printable(shown_path(*existing)), front_end->name));
          }
        }
      }
      load_new();
    }
  }

  /// Files that by their names may replay with the history. A folder may hold much else, which is not even opened.
  void search(const frontend::FrontEnd& front_end, const std::string& history, const std::string& folder) {
    if (!is_folder(folder)) return;
    for (const std::string& file : walk_.files_below(folder)) {
      if (!reads_extension(front_end, file)) continue;
      const frontend::Claim by_name = front_end.claim({shown_path(file, here_), ""});
      if (!by_name.reads || by_name.history == history) add(file, false);
    }
  }

  Discovery finish() {
    Discovery result;
    result.notes = std::move(notes_);
    result.troubles = std::move(troubles_);
    std::ranges::copy(walk_.troubles(), std::back_inserter(result.troubles));
    std::ranges::copy(walk_.notes(), std::back_inserter(result.notes));
    for (Asked& asked : folders_) result.searched.push_back(std::move(asked.folder));
    for (auto& [absolute, file] : files_) {
      if (!file.trouble.empty()) {
        if (file.judged) result.troubles.push_back(file.trouble);
      } else if (file.front_end != nullptr) {
        result.files.push_back(std::move(file));
      } else if (file.named) {
        result.notes.push_back(fmt::format("{}: not a migration", printable(file.path)));
      }
    }
    if (!std::ranges::is_sorted(result.files, {}, &Loaded::path)) std::ranges::sort(result.files, {}, &Loaded::path);
    return result;
  }

  const Request& request_;
  const Config& config_;
  const std::string here_ = current_folder();
  bool looks_around_ = false;
  Walk walk_;
  std::map<std::string, Loaded> files_;   ///< by absolute path
  std::map<std::string, Loaded>::iterator behind_last_ = files_.end();
  std::vector<Loaded*> fresh_;            ///< not read yet
  std::vector<Asked> folders_;
  std::vector<std::string> notes_;
  std::vector<std::string> troubles_;
};

}  // namespace

Discovery discover(const Request& request, const Config& config) { return Gathering(request, config).run(); }

frontend::NearbyFile nearby_on_disk(const std::string& history, const Config& config) {
  const std::string folder = absolute_path(history);
  return [folder, root = project_root(folder, config), real_root = real_path(project_root(folder, config))](std::string_view path) -> std::optional<std::string> {
    const std::string absolute = absolute_path(join(folder, path));
    if (!is_within(absolute, root) || !is_file(absolute) || !is_within(real_path(absolute), real_root)) return std::nullopt;
    auto text = read_file(absolute, kLargestNearby);
    if (!text) return std::nullopt;
    replace_stray_bytes(*text);
    return *std::move(text);
  };
}

}  // namespace whimbrel::engine
