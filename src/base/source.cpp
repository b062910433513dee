// From byte offsets to lines and columns.
#include "whimbrel/base/source.h"

#include <algorithm>
#include <utility>

#include "whimbrel/base/text.h"

namespace whimbrel {

LineIndex::LineIndex(std::string_view text) {
  starts_.push_back(0);
  for (std::size_t i = text.find_first_of("\r\n"); i != std::string_view::npos; i = text.find_first_of("\r\n", i)) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    starts_.push_back(static_cast<std::uint32_t>(++i));
  }
}

Position LineIndex::position(std::string_view text, std::uint32_t offset) const {
  std::size_t at = std::min<std::size_t>(offset, text.size());
  const auto after = std::ranges::upper_bound(starts_, static_cast<std::uint32_t>(at));
  const auto line = static_cast<std::uint32_t>(after - starts_.begin());
  const std::size_t begin = starts_[line - 1];
  // Inside a character: its beginning.
  for (int back = 0;
       back < 3 && at > begin && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; ++back) {
    --at;
  }
  const std::size_t column = count_code_points(text.substr(begin, at - begin)) + 1;
  return {line, static_cast<std::uint32_t>(column)};
}

std::string_view LineIndex::line(std::string_view text, std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t begin = std::min<std::size_t>(starts_[number - 1], text.size());
  const std::size_t end = number < starts_.size() ? std::min<std::size_t>(starts_[number], text.size()) : text.size();
  std::string_view result = text.substr(begin, end - begin);
  while (!result.empty() && (result.back() == '\n' || result.back() == '\r')) result.remove_suffix(1);
  return result;
}

FileId Sources::add(SourceFile file) {
  files_.push_back(std::move(file));
  return static_cast<FileId>(files_.size() - 1);
}

std::string_view Sources::text(Span span) const {
  const auto file = static_cast<std::uint32_t>(span.file);
  if (file >= files_.size() || span.empty() || span.end > files_[file].text.size()) return {};
  return std::string_view(files_[file].text).substr(span.begin, span.size());
}

}  // namespace whimbrel
