// The target for histories: a page of several files, as the fixtures have them, with a file of its own behind it that is always read.
#include <algorithm>
#include <optional>

#include "fuzz/fuzz.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/config.h"

namespace whimbrel::fuzz {

namespace {

constexpr std::size_t kMostFiles = 16;
constexpr std::string_view kOwnFile = "whimbrel-was-here/0001_step.sql";

/// What stands behind `-- word:` or `# word:` at the beginning of the line.
std::optional<std::string> behind(std::string_view line, std::string_view word) {
  if (line.starts_with("-- ")) {
    line.remove_prefix(3);
  } else if (line.starts_with("# ")) {
    line.remove_prefix(2);
  } else {
    return std::nullopt;
  }
  if (!line.starts_with(word) || !line.substr(word.size()).starts_with(": ")) return std::nullopt;
  return std::string(trim(line.substr(word.size() + 2)));
}

/// Files of one path are one: the first.
SourceFile* add(std::vector<SourceFile>& files, std::string path) {
  for (SourceFile& file : files) {
    if (file.path == path) return &file;
  }
  if (path.empty() || path == kOwnFile || files.size() == kMostFiles) return nullptr;
  return &files.emplace_back(SourceFile{std::move(path), {}});
}

Case read(std::string_view input) {
  Case one{.files = {}, .config = config_for(input), .was = {}, .since = false};
  std::string settings;
  SourceFile* file = nullptr;
  one.files.reserve(kMostFiles + 1);
  one.was.reserve(kMostFiles);
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(end);
    if (auto name = behind(line, "file")) {
      file = add(one.files, *std::move(name));
    } else if (auto before = behind(line, "was")) {
      one.since = true;
      file = add(one.was, *std::move(before));
    } else if (const auto option = behind(line, "option")) {
      settings += *option + "\n";
    } else {
      if (file == nullptr && one.files.empty()) file = add(one.files, "migrations/0001_step.sql");
      if (file != nullptr) file->text += line;
    }
  }
  if (!settings.empty()) {
    if (auto config = engine::read_config("whimbrel.toml", settings)) one.config = *std::move(config);
  }
  one.files.push_back({std::string(kOwnFile), std::string(kGoodSql)});
  return one;
}

}  // namespace

std::string history(std::string_view input) {
  const Case one = read(input);
  const engine::Project project = open(one);
  const FileId file = file_of(project, kOwnFile);
  if (!is_read(project, file) || !sees(project, file, 0)) return "the last file is lost";
  return broken_promise(one, project);
}

}  // namespace whimbrel::fuzz
