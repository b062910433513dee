// From arguments to arranged histories: discover, read, order.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/engine/config.h"
#include "whimbrel/frontend/front_end.h"
#include "whimbrel/history/history.h"
#include "whimbrel/history/past.h"

namespace whimbrel::history {
class Replay;
}

namespace whimbrel::engine {

struct Request {
  std::vector<std::string> paths;               ///< files and folders; empty: discover below the current folder
  std::optional<std::string> stdin_text;        ///< `-`: the text, standing for the file `stdin_path`
  std::string stdin_path;
  std::string since;                            ///< a git ref: only what has changed against it is judged; empty: all that was asked for
  unsigned jobs = 0;                            ///< 0: one for each core
  /// Bytes of text from which on statements are let go of after reading, for `check` to read them again, so that memory stays bounded.
  std::uint64_t kept_text = std::numeric_limits<std::uint64_t>::max();
};

/// A file that was looked at.
struct ProjectFile {
  FileId file{};
  const frontend::FrontEnd* front_end = nullptr;  ///< null: skipped
  std::string history;
  bool judged = false;                          ///< asked for; else only replayed
  bool named = false;                           ///< asked for by its own name, not by its folder's
  std::string remark;                           ///< why it was skipped or could not be read
  bool let_go = false;                          ///< the statements of its migration are not in memory
};

/// Text that cannot be linted as it is: a finding each (rule syntax-error), the file counts as usable.
struct BadText {
  Span span;
  std::string reason;                           ///< "byte 0xE9 is not valid UTF-8", "holds NUL", "larger than …"
};

/// What has become of one part of a migration since the ref that the run compares with.
struct PartChange {
  bool is_new = false;                                ///< it was not there
  std::optional<history::Difference> difference;      ///< it was; nothing: and does what it did
};

/// How the project differs from what it was at a git ref.
struct Changes {
  std::string ref;                                    ///< as it was asked for
  /// By direction and place; what is not here is as it was.
  std::map<std::pair<ir::Direction, Span>, PartChange> parts;

  /// Null: as it was.
  [[nodiscard]] const PartChange* of(const ir::Part& part, ir::Direction direction) const;
};

/// Texts as they were before: of all files that may replay with those of the project, by absolute path.
struct Past {
  std::string ref;
  std::map<std::string, std::string> files;
};

struct Project {
  Config config;
  Sources sources;
  std::vector<ProjectFile> files;               ///< index = FileId
  std::vector<history::History> histories;      ///< sorted by key
  std::vector<frontend::Directive> directives;
  std::vector<Span> statement_spans;            ///< see frontend::Reading
  std::vector<BadText> bad_text;
  std::optional<Changes> changes;               ///< where the run compares with a ref
  unsigned jobs = 1;                            ///< for what is read later
  std::vector<std::string> searched;            ///< folders that were asked for, absolute
  std::vector<std::string> notes;
  std::vector<std::string> troubles;            ///< unusable paths: exit code 2
  /// The last of check(): a program that is about to end need not take a large catalog apart.
  std::shared_ptr<history::Replay> replayed;
};

/// Discovers and reads (in parallel). The same input gives the same project in any number of jobs and order of paths. The error is about
/// `Request::since`.
Result<Project> open_project(const Request& request, Config config);
/// The same from texts at hand, without a look at the disk: `judged` says by path which are (null: all). A file that no front end
/// claims is there for those that read the surroundings of a history. With a `past` only what differs from it is judged.
Project open_project(std::vector<SourceFile> files, Config config, const std::function<bool(std::string_view)>& judged = {},
                     const Past* past = nullptr, unsigned jobs = 1, std::uint64_t kept_text = Request{}.kept_text);

}  // namespace whimbrel::engine
