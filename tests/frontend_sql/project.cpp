// Reading a folder without the engine, and its dump.
#include "project.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "whimbrel/base/files.h"

namespace whimbrel::tests {

namespace {

std::string_view name_of(ir::PartState state) {
  switch (state) {
    case ir::PartState::present:
      return "present";
    case ir::PartState::empty:
      return "empty";
    case ir::PartState::raising:
      return "raising";
    case ir::PartState::missing:
      return "missing";
  }
  return "";
}

std::string name_of(const std::optional<ir::TransactionMode>& mode) {
  if (!mode) return "unsaid";
  switch (*mode) {
    case ir::TransactionMode::none:
      return "none";
    case ir::TransactionMode::per_migration:
      return "per_migration";
    case ir::TransactionMode::single:
      return "single";
    case ir::TransactionMode::implicit:
      return "implicit";
  }
  return "";
}

std::string dump(const ir::Part& part, const ir::Migration& migration) {
  std::string line(name_of(part.state));
  if (!part.statements.empty()) line += fmt::format("/{}", part.statements.size());
  if (part.state != ir::PartState::missing && part.transaction != migration.transaction) {
    line += fmt::format("({})", name_of(part.transaction));
  }
  return line;
}

std::string joined(const std::string& folder, std::string_view path) {
  return std::filesystem::path(folder == "." ? std::string(path) : folder + "/" + std::string(path))
      .lexically_normal()
      .string();
}

}  // namespace

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(std::filesystem::relative(entry.path(), folder).generic_string());
  }
  std::ranges::sort(paths);
  return paths;
}

SqlProject read_project(const std::map<std::string, std::string>& files) {
  SqlProject project;
  for (const auto& [path, text] : files) {
    if (!path.ends_with(".sql")) continue;
    const frontend::Claim claim = frontends::sql.claim({path, text});
    if (!claim.skipped.empty()) project.remarks.push_back(fmt::format("{}: {}", path, claim.skipped));
    if (!claim.reads) continue;
    const FileId file = project.sources.add({path, text});
    frontend::Reading reading = frontends::sql.read(project.sources[file], file, nullptr);
    auto& history = project.histories[claim.history];
    std::ranges::move(reading.migrations, std::back_inserter(history));
    std::ranges::move(reading.directives, std::back_inserter(project.directives));
    for (const frontend::Note& note : reading.notes)
      project.remarks.push_back(fmt::format("{}: {}", path, note.message));
  }
  for (auto& [key, history] : project.histories) {
    const frontend::NearbyFile nearby = [&, folder = key](std::string_view path) -> std::optional<std::string> {
      const auto found = files.find(joined(folder, path));
      return found == files.end() ? std::nullopt : std::optional(found->second);
    };
    project.surroundings[key] = frontends::sql.surroundings(key, nearby);
    frontends::sql.settle(history, project.sources, nearby, project.surroundings[key]);
    std::ranges::stable_sort(history, [](const ir::Migration& left, const ir::Migration& right) {
      return std::tie(left.sort_key, left.id) < std::tie(right.sort_key, right.id);
    });
  }
  return project;
}

SqlProject read_folder(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const std::string& path : files_below(folder)) {
    if (const auto text = read_file(folder + "/" + path)) files[path] = *text;
  }
  return read_project(files);
}

std::string dump(const SqlProject& project) {
  std::string out;
  for (const auto& [key, history] : project.histories) {
    const frontend::Surroundings& around = project.surroundings.at(key);
    out +=
        fmt::format("history {}{}{}\n", key, around.lock_timeout.empty() ? "" : " lock_timeout=" + around.lock_timeout,
                    around.statement_timeout.empty() ? "" : " statement_timeout=" + around.statement_timeout);
    for (const ir::Migration& one : history) {
      out += fmt::format("  {} up:{} down:{} {} {}{}{}\n", one.id, dump(one.up, one), dump(one.down, one),
                         name_of(one.transaction), one.runner.empty() ? "plain" : one.runner,
                         one.repeatable ? " repeatable" : "",
                         one.message.empty() ? "" : fmt::format(" \"{}\"", one.message));
      for (const ir::Unknown& unknown : one.unknown) {
        out += fmt::format("    unknown \"{}\": {}\n", project.sources.text(unknown.span), unknown.reason);
      }
    }
  }
  for (const std::string& remark : project.remarks) out += "remark " + remark + "\n";
  for (const frontend::Directive& directive : project.directives) out += "directive " + directive.text + "\n";
  return out;
}

}  // namespace whimbrel::tests
