// From an input to a project that is held in memory, and small questions about it.
#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "fuzz/fuzz.h"

namespace whimbrel::fuzz {

engine::Config config_for(std::string_view input) {
  constexpr std::array<std::optional<ir::TransactionMode>, 5> kModes{std::nullopt, ir::TransactionMode::none, ir::TransactionMode::per_migration,
                                                                     ir::TransactionMode::single, ir::TransactionMode::implicit};
  constexpr std::size_t kVersions = 10;
  std::size_t choice = input.size();
  engine::Config config;
  config.pg_version = 10 + static_cast<int>(choice % kVersions);
  choice /= kVersions;
  config.transaction = kModes.at(choice % kModes.size());
  choice /= kModes.size();
  config.check_down = choice % 2 == 0;
  return config;
}

engine::Project open(const Case& one, unsigned jobs) {
  if (!one.since) return engine::open_project(one.files, one.config, {}, nullptr, jobs);
  engine::Past past{.ref = "main", .files = {}};
  for (const SourceFile& file : one.was) past.files.emplace(std::filesystem::absolute(file.path).lexically_normal().string(), file.text);
  return engine::open_project(one.files, one.config, {}, &past, jobs);
}

FileId file_of(const engine::Project& project, std::string_view path) {
  const auto found = std::ranges::find_if(project.files, [&](const engine::ProjectFile& file) { return project.sources[file.file].path == path; });
  return found == project.files.end() ? static_cast<FileId>(project.files.size()) : found->file;
}

bool is_read(const engine::Project& project, FileId file) {
  const auto index = static_cast<std::size_t>(file);
  if (index >= project.files.size() || project.files[index].front_end == nullptr) return false;
  // Of a text with a stray byte all else is read; a binary is not.
  const std::string_view text = project.sources[file].text;
  return !text.contains('\0') && !text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF");
}

bool reads(const engine::Project& project, FileId file, std::size_t begin) {
  const auto is_it = [&](const ir::Statement& statement) {
    return statement.span.file == file && statement.span.begin == begin && statement.kind != "Invalid" && statement.kind != "Other";
  };
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      for (const ir::Part* part : {&migration.up, &migration.down}) {
        const bool found = std::ranges::any_of(
            part->statements, [&](const ir::Statement& statement) { return is_it(statement) || std::ranges::any_of(statement.body, is_it); });
        if (found) return true;
      }
    }
  }
  return false;
}

bool sees(const engine::Project& project, FileId file, std::size_t begin) {
  if (reads(project, file, begin)) return true;
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      const bool told = std::ranges::any_of(migration.unknown, [&](const ir::Unknown& unknown) {
        return unknown.span.file == file && unknown.span.begin <= begin && begin < unknown.span.end;
      });
      if (told) return true;
    }
  }
  return false;
}

}  // namespace whimbrel::fuzz
