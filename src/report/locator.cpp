// Places and phrases that the formats share.
#include "locator.h"

#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/base/text.h"

namespace whimbrel::report {

const LineIndex& Locator::index(FileId file) {
  const auto found = indexes_.find(file);
  if (found != indexes_.end()) return found->second;
  // Findings come file by file: what was asked for long ago is seldom asked for again.
  constexpr std::size_t kMostIndexes = 64;
  if (indexes_.size() >= kMostIndexes) indexes_.clear();
  return indexes_.emplace(file, LineIndex(sources_[file].text)).first->second;
}

/// Findings come in the order of their places. Thousands of them on a line of megabytes must not count its characters anew each time.
Position Locator::position(FileId file, std::uint32_t offset, Mark& before) {
  constexpr std::uint32_t kLongLine = 4096;
  const std::string& text = sources_[file].text;
  const LineIndex& lines = index(file);
  const bool on_same_line = before.file == file && before.line != 0 && before.offset <= offset && offset <= text.size() &&
                            (before.line >= lines.line_count() || offset < lines.line_begin(before.line + 1));
  Position found;
  if (on_same_line) {
    const std::string_view between = clip(std::string_view(text).substr(before.offset), offset - before.offset);
    found = {before.line, before.column + static_cast<std::uint32_t>(count_code_points(between))};
  } else {
    found = lines.position(text, offset);
  }
  if (found.column >= kLongLine && offset <= text.size()) {
    const std::size_t at = clip(text, offset).size();   // the beginning of a character
    before = {file, found.line, static_cast<std::uint32_t>(at), found.column};
  } else {
    before = {};
  }
  return found;
}

Range Locator::range(Span span) { return {position(span.file, span.begin, last_begin_), position(span.file, std::max(span.begin, span.end), last_end_)}; }

std::string_view Locator::line(FileId file, std::uint32_t number) { return index(file).line(sources_[file].text, number); }

std::string_view blocked_by(LockMode mode) {
  if (blocks_reads(mode)) return "reads and writes";
  return blocks_writes(mode) ? "writes" : "";
}

std::string lock_sentence(std::string_view relation, LockMode mode) {
  const std::string_view blocked = blocked_by(mode);
  const std::string name = printable(relation);
  if (blocked.empty()) return fmt::format("{} on {}", lock_mode_name(mode), name);
  return fmt::format("{} on {}, blocks {}", lock_mode_name(mode), name, blocked);
}

}  // namespace whimbrel::report
