// From spans to lines and columns, and stable paths: what every format needs of a place.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/source.h"

namespace whimbrel::report {

struct Range {
  Position begin;
  Position end;      ///< exclusive
};

/// Builds each file's line index once, when a place in it is first asked for.
class Locator {
 public:
  explicit Locator(const Sources& sources) : sources_(sources) {}

  [[nodiscard]] const std::string& path(Span span) const { return sources_[span.file].path; }
  [[nodiscard]] std::string_view text(Span span) const { return sources_.text(span); }
  Range range(Span span);
  /// The whole line (1-based) without its terminator.
  std::string_view line(FileId file, std::uint32_t number);
  /// Byte offset at which the line begins.
  std::uint32_t line_begin(FileId file, std::uint32_t number) { return index(file).line_begin(number); }

 private:
  /// A place on a long line, to count on from.
  struct Mark {
    FileId file{};
    std::uint32_t line = 0;
    std::uint32_t offset = 0;
    std::uint32_t column = 1;
  };
  const LineIndex& index(FileId file);
  Position position(FileId file, std::uint32_t offset, Mark& before);

  const Sources& sources_;
  std::map<FileId, LineIndex> indexes_;
  Mark last_begin_;
  Mark last_end_;
};

/// "ACCESS EXCLUSIVE on public.users, blocks reads and writes".
std::string lock_sentence(std::string_view relation, LockMode mode);
/// "reads and writes", "writes" or "" for what other sessions wait for.
std::string_view blocked_by(LockMode mode);

}  // namespace whimbrel::report
