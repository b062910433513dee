// What a project was, and what has changed since: readings of then and now compared.
#include "past.h"

#include <algorithm>
#include <set>
#include <utility>

#include "paths.h"
#include "whimbrel/base/files.h"

namespace whimbrel::engine {

namespace {

/// Equal but for CR before LF, which git may have added or taken away.
bool same_text(std::string_view left, std::string_view right) {
  if (left == right) return true;
  std::size_t l = 0;
  std::size_t r = 0;
  const auto skip = [](std::string_view text, std::size_t& at) {
    if (at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n') ++at;
  };
  while (true) {
    skip(left, l);
    skip(right, r);
    if (l == left.size() || r == right.size()) return l == left.size() && r == right.size();
    if (left[l++] != right[r++]) return false;
  }
}

Loaded as_loaded(std::string path, const std::string& text) {
  Loaded file;
  file.path = std::move(path);
  file.text = text;
  examine(file);
  return file;
}

std::string path_of(const Loaded& file) { return file.path == "<stdin>" ? file.path : absolute_path(file.path); }

}  // namespace

const PartChange* Changes::of(const ir::Part& part, ir::Direction direction) const {
  const auto found = parts.find({direction, part.span});
  return found == parts.end() ? nullptr : &found->second;
}

Comparison::Comparison(const Past& past, const std::vector<Loaded>& files, SharedOf shared_of)
    : past_(past), shared_of_(std::move(shared_of)), unchanged_(files.size()) {
  changes_.ref = past.ref;
  std::set<std::string> here;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& path = *here.insert(path_of(files[i])).first;
    const auto before = past.files.find(path);
    if (before == past.files.end()) continue;
    // The text at hand has its stray bytes replaced; that of the past gets the same treatment only where it is needed.
    unchanged_[i] = same_text(files[i].text, before->second) ||
                    (!files[i].bad_text.empty() && same_text(files[i].text, as_loaded(files[i].path, before->second).text));
    if (!unchanged_[i]) read_old(path, before->second);
  }
  for (const auto& [path, text] : past.files) {
    if (!here.contains(path) && !is_file(path)) read_old(path, text);
  }
}

void Comparison::read_old(const std::string& absolute, const std::string& text) {
  Loaded file = as_loaded(shown_path(absolute), text);
  if (file.front_end == nullptr || !file.claim.reads || file.unusable) return;
  frontend::Shared* const shared = shared_of_(file);
  const FileId id = sources_.add({std::move(file.path), std::move(file.text)});
  // Among the other files of now: what a migration imports is no part of it, so one whose helper has changed counts as unchanged.
  frontend::Reading reading = file.front_end->read(sources_[id], id, shared);
  for (ir::Migration& migration : reading.migrations) {
    std::string key = migration.id;
    old_.emplace(std::move(key), Old{file.front_end, file.claim.history, absolute, std::move(migration)});
  }
}

/// In the same file; else the file was renamed: one that does the same, wherever it was, or one of the same history.
const Comparison::Old* Comparison::find_old(const ProjectFile& file, const std::string& absolute, const ir::Migration& migration,
                                            const Sources& sources) const {
  const Old* best = nullptr;
  int best_rank = 0;
  const auto [begin, end] = old_.equal_range(migration.id);
  for (auto it = begin; it != end; ++it) {
    const Old& old = it->second;
    if (old.front_end != file.front_end) continue;
    int rank = 0;
    if (old.path == absolute) {
      rank = 3;
    } else if (!past_.files.contains(absolute)) {
      if (!history::first_difference(migration.up, sources, old.migration.up, sources_)) rank = 2;
      else if (old.history == file.history) rank = 1;
    }
    if (rank > best_rank) {
      best = &old;
      best_rank = rank;
    }
  }
  return best;
}

bool Comparison::compare(const ProjectFile& file, const Sources& sources, const frontend::Reading& reading) {
  const std::string& path = sources[file.file].path;
  const std::string absolute = path == "<stdin>" ? path : absolute_path(path);
  bool changed = reading.migrations.empty();
  for (const ir::Migration& migration : reading.migrations) {
    const Old* old = find_old(file, absolute, migration, sources);
    for (const ir::Direction direction : {ir::Direction::up, ir::Direction::down}) {
      const auto part_of = [direction](const ir::Migration& one) -> const ir::Part& { return direction == ir::Direction::up ? one.up : one.down; };
      const ir::Part& part = part_of(migration);
      if (part.state == ir::PartState::missing) continue;
      PartChange change;
      change.is_new = old == nullptr;
      if (old != nullptr) change.difference = history::first_difference(part, sources, part_of(old->migration), sources_);
      if (!change.is_new && !change.difference) continue;
      changes_.parts.emplace(std::pair{direction, part.span}, std::move(change));
      changed = true;
    }
  }
  return changed;
}

}  // namespace whimbrel::engine
