// The way back from decoded text to the bytes of the file that holds it.
#include "whimbrel/sql/host_text.h"

#include <algorithm>

namespace whimbrel::sql {
namespace {

const Segment& segment_at(const std::vector<Segment>& segments, std::uint32_t offset) {
  if (segments.size() == 1) return segments.front();  // a plain file
  const auto next = std::ranges::upper_bound(segments, offset, {}, &Segment::text_begin);
  return next == segments.begin() ? *next : *std::prev(next);
}

}  // namespace

HostText HostText::plain(std::string_view text, FileId file, std::uint32_t offset) {
  HostText host;
  host.text_ = text;
  host.file_ = file;
  host.segments_.push_back({0, offset, offset + static_cast<std::uint32_t>(text.size()), true});
  return host;
}

HostText HostText::decoded(std::string_view text, FileId file, std::vector<Segment> segments) {
  HostText host;
  host.text_ = text;
  host.file_ = file;
  host.segments_ = std::move(segments);
  return host;
}

Span HostText::span(std::uint32_t begin, std::uint32_t end) const {
  if (segments_.empty()) return {file_, 0, 0};
  const Segment& first = segment_at(segments_, begin);
  const std::uint32_t from = first.linear ? first.file_begin + (begin - first.text_begin) : first.file_begin;
  if (end <= begin) return {file_, from, from};
  const Segment& last = segment_at(segments_, end - 1);
  const std::uint32_t to = last.linear ? last.file_begin + (end - last.text_begin) : last.file_end;
  return {file_, from, std::max(from, to)};
}

HostText HostText::part(std::uint32_t begin, std::uint32_t end) const {
  HostText inner;
  const auto size = static_cast<std::uint32_t>(text_.size());
  begin = std::min(begin, size);
  end = std::clamp(end, begin, size);
  inner.text_ = text_.substr(begin, end - begin);
  inner.file_ = file_;
  if (segments_.empty()) return inner;
  Segment first = segment_at(segments_, begin);
  if (first.linear) first.file_begin += begin - first.text_begin;
  first.text_begin = 0;
  inner.segments_.push_back(first);
  auto next = std::ranges::upper_bound(segments_, begin, {}, &Segment::text_begin);
  for (; next != segments_.end() && next->text_begin < end; ++next) {
    Segment segment = *next;
    segment.text_begin -= begin;
    inner.segments_.push_back(segment);
  }
  return inner;
}

}  // namespace whimbrel::sql
