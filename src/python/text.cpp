// Texts with origins: joining and cutting.
#include "whimbrel/python/text.h"

#include <algorithm>
#include <utility>

namespace whimbrel::python {

Text Text::made(std::string value, Span origin) {
  Text text;
  if (!value.empty()) text.segments.push_back({.file_begin = origin.begin, .file_end = origin.end, .linear = false});
  text.value = std::move(value);
  return text;
}

void Text::append(const Text& other) {
  const auto shift = static_cast<std::uint32_t>(value.size());
  value += other.value;
  for (Segment segment : other.segments) {
    segment.text_begin += shift;
    segments.push_back(segment);
  }
}

Text Text::part(std::size_t begin, std::size_t end) const {
  end = std::min(end, value.size());
  begin = std::min(begin, end);
  Text result;
  result.value = value.substr(begin, end - begin);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    Segment segment = segments[i];
    const std::size_t next = i + 1 < segments.size() ? segments[i + 1].text_begin : value.size();
    if (next <= begin || segment.text_begin >= end) continue;
    if (segment.text_begin < begin) {
      if (segment.linear) segment.file_begin += static_cast<std::uint32_t>(begin - segment.text_begin);
      segment.text_begin = 0;
    } else {
      segment.text_begin -= static_cast<std::uint32_t>(begin);
    }
    result.segments.push_back(segment);
  }
  return result;
}

}  // namespace whimbrel::python
