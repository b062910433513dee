// File and folder names of each runner, most particular first.
#include "naming.h"

#include <algorithm>
#include <array>

#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_with_digit(std::string_view text) { return !text.empty() && is_digit(text.front()); }

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

/// A digit run so that bytewise order is numeric order. Runs of more than 20 digits are no versions: left alone.
void append_number(std::string& key, std::string_view digits) {
  constexpr std::size_t kWidth = 20;
  if (digits.size() < kWidth) key.append(kWidth - digits.size(), '0');
  key += digits;
}

void append_natural(std::string& key, std::string_view text) {
  while (!text.empty()) {
    const auto letters = static_cast<std::size_t>(std::ranges::find_if(text, is_digit) - text.begin());
    key += text.substr(0, letters);
    text.remove_prefix(letters);
    const std::size_t digits = count_digits(text);
    if (digits != 0) append_number(key, text.substr(0, digits));
    text.remove_prefix(digits);
  }
}

std::string natural(std::string_view text) {
  std::string key;
  append_natural(key, text);
  return key;
}

struct Version {
  std::string key;         ///< components, zero-padded, joined by dots
  std::size_t length = 0;  ///< bytes of the name that it takes
};

/// `2024-01-15`, `1.10`, `0003`, `2_1`: groups of digits, each ended by a separator or the end. The first may be all.
Version leading_version(std::string_view name) {
  Version version;
  std::size_t at = 0;
  while (true) {
    const std::size_t digits = count_digits(name.substr(at));
    if (digits == 0) break;
    const std::size_t end = at + digits;
    const bool separated = end == name.size() || name[end] == '.' || name[end] == '-' || name[end] == '_';
    if (!separated && at != 0) break;  // "0001-2fa": 2fa is a word
    if (!version.key.empty()) version.key += '.';
    append_number(version.key, name.substr(at, digits));
    version.length = end;
    if (!separated || end == name.size()) break;
    at = end + 1;
  }
  return version;
}

constexpr std::string_view kVersioned = "0 ";
constexpr std::string_view kUnversioned = "1 ";
constexpr std::string_view kRepeatable = "2 ";

// ---- Flyway ---------------------------------------------------------------------------------------------------------

/// `V2_1__name`, `U2.1__name`, `B7__name`; `R__name`. https://documentation.red-gate.com/flyway (migrations, naming)
bool read_flyway(std::string_view stem, Name& name) {
  if (stem.starts_with("R__")) {
    name.id = stem;
    name.sort_key = std::string(kRepeatable) + natural(stem.substr(3));
    name.repeatable = true;
  } else {
    const std::size_t end = stem.find("__");
    if (end == std::string_view::npos || end < 2) return false;
    if (stem[0] != 'V' && stem[0] != 'U' && stem[0] != 'B') return false;
    const std::string_view written = stem.substr(1, end - 1);
    if (leading_version(written).length != written.size()) return false;
    std::string version(written);
    std::ranges::replace(version, '_', '.');
    // 1.0 is version 1.
    std::string_view significant = written;
    while (significant.size() > 1 && (significant.ends_with("_0") || significant.ends_with(".0"))) {
      significant.remove_suffix(2);
    }
    name.sort_key = std::string(kVersioned) + leading_version(significant).key;
    name.id = stem[0] == 'B' ? "B" + version : version;
    if (stem[0] == 'B') name.sort_key += " B";
    name.direction = stem[0] == 'U' ? ir::Direction::down : ir::Direction::up;
  }
  name.runner = &kFlyway;
  return true;
}

/// Flyway looks into folders below its location: years (`2024/`) and releases (`v3/`, `1.x/`) are parts of one history.
std::string_view flyway_history(std::string_view folder) {
  while (folder != "." && folder.find('/') != std::string_view::npos) {
    const std::string_view last = file_of(folder);
    const bool release =
        starts_with_digit(last) || (last.size() > 1 && (last[0] == 'v' || last[0] == 'V') && is_digit(last[1]));
    if (!release) break;
    folder = folder_of(folder);
  }
  return folder;
}

// ---- a folder for each migration
// --------------------------------------------------------------------------------------

bool read_folder_migration(std::string_view stem, std::string_view folder, Name& name) {
  if (folder == ".") return false;
  const std::string_view own = file_of(folder);
  if (stem == "migration") {
    if (!starts_with_digit(own)) return false;
    name.runner = &kPrisma;
    name.sort_key = std::string(kVersioned) + std::string(own);  // Prisma compares the names
  } else if (stem == "up" || stem == "down") {
    name.direction = stem == "up" ? ir::Direction::up : ir::Direction::down;
    if (starts_with_digit(own)) {
      const std::size_t end = std::min(own.find('_'), own.size());
      std::string version(own.substr(0, end));
      std::erase(version, '-');
      // Hasura's versions are milliseconds.
      const bool milliseconds = end == 13 && count_digits(own) == 13;
      name.runner = milliseconds ? &kHasura : &kDiesel;
      name.sort_key = std::string(kVersioned) + version + " " + std::string(own.substr(end));
    } else {
      name.sort_key = std::string(kUnversioned) + natural(own);
    }
  } else {
    return false;
  }
  name.id = own;
  name.history = folder_of(folder);
  return true;
}

// ---- suffixes and folders that say the direction
// ------------------------------------------------------------------------

/// `001.do.name`, `001.undo.name`: the version is the id, for the names of the two may differ.
bool read_postgrator(std::string_view stem, Name& name, bool with_key) {
  const std::size_t digits = count_digits(stem);
  if (digits == 0 || digits >= stem.size() || stem[digits] != '.') return false;
  const std::string_view rest = stem.substr(digits + 1);
  const std::string_view action = rest.substr(0, rest.find('.'));
  if (action != "do" && action != "undo") return false;
  name.runner = &kPostgrator;
  name.direction = action == "do" ? ir::Direction::up : ir::Direction::down;
  name.id = stem.substr(0, digits);
  if (with_key) name.sort_key = order_key(name.id);
  return true;
}

struct Suffix {
  std::string_view text;
  ir::Direction direction;
  bool by_habit;  ///< also the end of an honest name: `0007_scale_down.sql`
};
constexpr std::array<Suffix, 13> kSuffixes{{
    {".up", ir::Direction::up, false},
    {".down", ir::Direction::down, false},
    {".rollback", ir::Direction::down, false},
    {".undo", ir::Direction::down, false},
    {".revert", ir::Direction::down, false},
    {"_rollback", ir::Direction::down, true},
    {"-rollback", ir::Direction::down, true},
    {"_down", ir::Direction::down, true},
    {"-down", ir::Direction::down, true},
    {"_undo", ir::Direction::down, true},
    {"-undo", ir::Direction::down, true},
    {"_revert", ir::Direction::down, true},
    {"-revert", ir::Direction::down, true},
}};

struct DirectionFolder {
  std::string_view name;
  ir::Direction direction;
};
constexpr std::array<DirectionFolder, 8> kDirectionFolders{{
    {"up", ir::Direction::up},
    {"deploy", ir::Direction::up},  // Sqitch, beside its revert/
    {"down", ir::Direction::down},
    {"downs", ir::Direction::down},
    {"rollback", ir::Direction::down},
    {"rollbacks", ir::Direction::down},
    {"undo", ir::Direction::down},
    {"revert", ir::Direction::down},
}};

void read_suffix(std::string_view stem, Name& name, bool with_key) {
  for (const Suffix& suffix : kSuffixes) {
    if (stem.size() <= suffix.text.size()) continue;
    const std::string_view tail = stem.substr(stem.size() - suffix.text.size());
    if (!equals_ignoring_case(tail, suffix.text)) continue;
    name.direction = suffix.direction;
    name.by_habit = suffix.by_habit;
    name.id = stem.substr(0, stem.size() - suffix.text.size());
    if (with_key) name.sort_key = order_key(name.id);
    if (starts_with_digit(stem) && (suffix.text == ".up" || suffix.text == ".down")) name.runner = &kGolangMigrate;
    return;
  }
}

bool has_segments(std::string_view folder, std::string_view tail) {
  return folder == tail ||
         (folder.size() > tail.size() && folder.ends_with(tail) && folder[folder.size() - tail.size() - 1] == '/');
}

}  // namespace

std::string_view file_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string order_key(std::string_view name) {
  const bool marked = name.size() > 1 && (name[0] == 'v' || name[0] == 'V') && is_digit(name[1]);
  const std::string_view versioned = marked ? name.substr(1) : name;
  const Version version = leading_version(versioned);
  std::string key(version.length == 0 ? kUnversioned : kVersioned);
  key.reserve(key.size() + version.key.size() + name.size() + 48);
  if (version.length != 0) {
    key += version.key;
    key += ' ';
  }
  append_natural(key, version.length == 0 ? name : versioned.substr(version.length));
  return key;
}

namespace {

/// Without its key a name takes half the time, and most questions are about its history.
Name read(std::string_view path, bool with_key) {
  std::string_view stem = file_of(path);
  if (stem.size() > 4 && equals_ignoring_case(stem.substr(stem.size() - 4), ".sql")) stem.remove_suffix(4);
  const std::string_view folder = folder_of(path);

  Name name{.history = std::string(folder), .id = std::string(stem), .sort_key = {}, .direction = {}};
  if (read_folder_migration(stem, folder, name)) return name;
  if (read_flyway(stem, name)) {
    name.history = flyway_history(folder);
    return name;
  }
  if (read_postgrator(stem, name, with_key)) return name;
  read_suffix(stem, name, with_key);
  if (with_key && name.sort_key.empty()) name.sort_key = order_key(stem);
  if (!name.direction) {
    const std::string_view own = file_of(folder);
    const auto* const found = std::ranges::find_if(kDirectionFolders, [&](const DirectionFolder& one) { return equals_ignoring_case(own, one.name); });
    if (found != kDirectionFolders.end()) {
      name.direction = found->direction;
      name.history = folder_of(folder);
    }
  }
  if (name.runner == &kPlain && has_segments(folder, "supabase/migrations") && count_digits(stem) == 14) {
    name.runner = &kSupabase;
  }
  return name;
}

}  // namespace

Name read_name(std::string_view path) { return read(path, true); }

std::string history_of(std::string_view path) { return read(path, false).history; }

}  // namespace whimbrel::frontends::sql_files
