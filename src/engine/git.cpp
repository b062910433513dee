// Reading a project's past from git: plumbing commands alone, which never look at the working tree nor run what a configuration names.
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <utility>

#include "past.h"
#include "paths.h"
#include "whimbrel/base/files.h"
#include "whimbrel/base/process.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {

namespace {

/// A file at the ref: its path below the repository's top, and the name of its content.
struct Entry {
  std::string path;
  std::string blob;
};

std::string real_or_itself(const std::string& path) {
  std::string real = real_path(path);
  return real.empty() ? path : real;
}

/// Real paths, one look at the disk a folder.
class RealPaths {
 public:
  std::string of(const std::string& absolute) {
    const std::string folder = folder_of(absolute);
    auto [found, first] = folders_.try_emplace(folder);
    if (first) found->second = real_or_itself(folder);
    return join(found->second, name_of(absolute));
  }

 private:
  std::map<std::string, std::string> folders_;
};

std::string_view first_line(std::string_view text) {
  text = trim(text);
  return text.substr(0, text.find('\n'));
}

class Git {
 public:
  Git(std::string folder, std::string ref) : folder_(std::move(folder)), ref_(std::move(ref)) {}

  /// Finds the repository and the commit to compare with.
  Result<void> open() {
    auto top = run({"rev-parse", "--show-toplevel"});
    if (!top) return std::unexpected(top.error());
    if (top->status != 0) {
      if (top->complaint.contains("not a git repository")) return trouble(fmt::format("{} is not in a git repository", printable(folder_)));
      return trouble(said(*top));
    }
    top_ = top->output.substr(0, top->output.find_last_not_of('\n') + 1);
    if (ref_.starts_with('-')) return trouble(fmt::format("'{}' is not the name of a commit", printable(ref_)));
    const auto tip = run({"rev-parse", "--verify", "--quiet", ref_ + "^{commit}"});
    if (!tip) return std::unexpected(tip.error());
    if (tip->status != 0) {
      return trouble(is_shallow() ? fmt::format("there is no commit '{}' in this shallow clone: fetch it with its history (git fetch --unshallow, or fetch-depth: 0 "
                                                "where a workflow checks out)",
                                                printable(ref_))
                                  : fmt::format("there is no commit '{}' in {}", printable(ref_), printable(top_)));
    }
    const auto base = run({"merge-base", std::string(trim(tip->output)), "HEAD"});
    if (!base) return std::unexpected(base.error());
    if (base->status != 0) {
      return trouble(is_shallow() ? fmt::format("this shallow clone does not reach back to where HEAD and '{}' part: fetch more history (git fetch --unshallow, or "
                                                "fetch-depth: 0 where a workflow checks out)",
                                                printable(ref_))
                     : base->complaint.empty() ? fmt::format("HEAD and '{}' have no commit in common", printable(ref_))
                                               : said(*base));
    }
    base_ = trim(base->output);
    return {};
  }

  [[nodiscard]] const std::string& top() const { return top_; }

  /// Files below the folders (absolute, real); none: all.
  Result<std::vector<Entry>> list(const std::set<std::string>& folders) {
    std::vector<std::string> command{"ls-tree", "-r", "-z", "--full-tree", base_};
    if (!folders.empty() && !folders.contains(top_)) {
      command.emplace_back("--");
      for (const std::string& folder : folders) command.emplace_back(relative_to(folder, top_));
    }
    const auto done = run(command);
    if (!done) return std::unexpected(done.error());
    if (done->status != 0) return std::unexpected(trouble(said(*done)).error());
    std::vector<Entry> entries;
    for (std::string_view rest = done->output; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\0'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      // "100644 blob NAME\tPATH"; a link or a submodule is no migration.
      const std::size_t tab = line.find('\t');
      if (tab == std::string_view::npos || !line.starts_with("100")) continue;
      const std::string_view path = line.substr(tab + 1);
      if (!has_front_end(path)) continue;
      entries.push_back({std::string(path), std::string(line.substr(line.rfind(' ', tab) + 1, tab - line.rfind(' ', tab) - 1))});
    }
    return entries;
  }

  /// The contents, in the order of the entries.
  Result<std::vector<std::string>> read(const std::vector<Entry>& entries) {
    std::string names;
    for (const Entry& entry : entries) names += entry.blob + '\n';
    const auto done = run({"cat-file", "--batch"}, names);
    if (!done) return std::unexpected(done.error());
    std::vector<std::string> texts;
    std::string_view rest = done->output;
    for (const Entry& entry : entries) {
      // "NAME blob SIZE\nCONTENT\n"
      const std::size_t end = rest.find('\n');
      const std::string_view header = rest.substr(0, end);
      std::size_t size = 0;
      const std::size_t blank = header.rfind(' ');
      const bool found = end != std::string_view::npos && header.contains(" blob ") &&
                         std::from_chars(header.data() + blank + 1, header.data() + header.size(), size).ec == std::errc{} &&
                         rest.size() > end + size;
      if (!found) {
        return std::unexpected(trouble(fmt::format("git has no content for {} at '{}' (a partial clone fetches it with git fetch --refetch)",
                                                   printable(entry.path), printable(ref_))).error());
      }
      texts.emplace_back(rest.substr(end + 1, size));
      rest.remove_prefix(std::min(end + 1 + size + 1, rest.size()));
    }
    return texts;
  }

 private:
  static Result<void> trouble(std::string sentence) { return fail("--since: " + std::move(sentence)); }
  static std::string said(const ProcessOutput& done) {
    return done.complaint.empty() ? fmt::format("git ended with {}", done.status) : fmt::format("git says: {}", printable(first_line(done.complaint)));
  }

  bool is_shallow() {
    const auto answer = run({"rev-parse", "--is-shallow-repository"});
    return answer && trim(answer->output) == "true";
  }

  Result<ProcessOutput> run(const std::vector<std::string>& arguments, std::string_view input = {}) {
    Process process;
    process.command = {"git", "--no-pager", "-C", folder_, "-c", "core.fsmonitor=false"};
    process.command.insert(process.command.end(), arguments.begin(), arguments.end());
    process.input = input;
    // A hook runs with the repository's place in its environment, relative to another folder than ours. Nothing may be fetched or asked.
    process.environment = {"GIT_DIR",       "GIT_WORK_TREE",         "GIT_INDEX_FILE",        "GIT_PREFIX",         "GIT_COMMON_DIR",
                           "LC_ALL=C",      "GIT_OPTIONAL_LOCKS=0",  "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
                           "GIT_LITERAL_PATHSPECS=1"};
    auto done = run_process(process);
    if (!done) return fail(fmt::format("--since: {}", done.error().message));
    return done;
  }

  std::string folder_;
  std::string ref_;
  std::string top_;
  std::string base_;
};

/// Where to look for the repository: where the migrations are, or where they were looked for.
std::string starting_folder(const std::vector<Loaded>& files, const Request& request) {
  for (const Loaded& file : files) {
    if (file.path != "<stdin>" && is_folder(folder_of(absolute_path(file.path)))) return folder_of(absolute_path(file.path));
  }
  for (const std::string& path : request.paths) {
    if (is_folder(path)) return absolute_path(path);
  }
  return current_folder();
}

}  // namespace

Result<Past> read_past(const std::string& ref, const std::vector<Loaded>& files, const Request& request) {
  Git git(starting_folder(files, request), ref);
  if (const Result<void> opened = git.open(); !opened) return std::unexpected(opened.error());

  RealPaths real_paths;
  std::map<std::string, std::string> shown_by_real;   // for what is there now: a folder may be reached by a link
  std::set<std::string> folders;
  std::map<std::string, std::string> folder_by_real;
  for (const Loaded& file : files) {
    if (file.path == "<stdin>") continue;
    const std::string absolute = absolute_path(file.path);
    std::string real = real_paths.of(absolute);
    if (!is_within(real, git.top())) {
      return fail(fmt::format("--since: {} is not in the git repository {}", printable(file.path), printable(git.top())));
    }
    const std::string history = absolute_path(file.claim.history);
    const std::string real_history = is_folder(history) ? real_or_itself(history) : folder_of(real);
    folders.insert(is_within(real_history, git.top()) ? real_history : folder_of(real));
    folders.insert(folder_of(real));
    folder_by_real.try_emplace(folder_of(real), folder_of(absolute));
    shown_by_real.emplace(std::move(real), absolute);
  }
  Past past{.ref = ref, .files = {}};
  if (folders.empty()) return past;

  Result<std::vector<Entry>> entries = git.list(folders);
  if (!entries) return std::unexpected(entries.error());
  const auto real_of = [&](const Entry& entry) { return join(git.top(), entry.path); };
  const bool has_new_folder = std::ranges::any_of(folders, [&](const std::string& folder) {
    return std::ranges::none_of(*entries, [&](const Entry& entry) { return is_within(real_of(entry), folder); });
  });
  if (has_new_folder) {  // most likely moved: files of these names may have lain anywhere
    std::set<std::string, std::less<>> names;
    for (const Loaded& file : files) names.emplace(name_of(file.path));
    Result<std::vector<Entry>> all = git.list({});
    if (!all) return std::unexpected(all.error());
    std::erase_if(*all, [&](const Entry& entry) {
      return !names.contains(name_of(entry.path)) || std::ranges::any_of(folders, [&](const std::string& folder) { return is_within(real_of(entry), folder); });
    });
    std::ranges::move(*all, std::back_inserter(*entries));
  }
  Result<std::vector<std::string>> texts = git.read(*entries);
  if (!texts) return std::unexpected(texts.error());
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const std::string real = real_of((*entries)[i]);
    const auto shown = shown_by_real.find(real);
    const auto folder = folder_by_real.find(folder_of(real));
    std::string path = shown != shown_by_real.end() ? shown->second : folder != folder_by_real.end() ? join(folder->second, name_of(real)) : real;
    past.files.emplace(std::move(path), std::move((*texts)[i]));
  }
  return past;
}

}  // namespace whimbrel::engine
