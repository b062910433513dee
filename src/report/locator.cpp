// Places and phrases that the formats share.
#include "locator.h"

#include <fmt/format.h>

#include "whimbrel/base/text.h"

namespace whimbrel::report {

const LineIndex& Locator::index(FileId file) {
  const auto found = indexes_.find(file);
  if (found != indexes_.end()) return found->second;
  return indexes_.emplace(file, LineIndex(sources_[file].text)).first->second;
}

Range Locator::range(Span span) {
  const LineIndex& lines = index(span.file);
  const std::string& text = sources_[span.file].text;
  return {lines.position(text, span.begin), lines.position(text, std::max(span.begin, span.end))};
}

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
