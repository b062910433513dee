// Excerpts: cutting, underlining and wrapping.
#include "excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "whimbrel/base/text.h"

namespace whimbrel::report {
namespace {

/// One code point of a text made safe to print.
struct Glyph {
  std::string_view bytes;
  std::size_t width = 1;
};

std::size_t width_of(std::uint32_t point) {
  struct Interval {
    std::uint32_t first, last;
  };
  // Combining marks that migrations meet, and East Asian Wide blocks (Unicode, UAX #11), coarse on purpose.
  static constexpr std::array<Interval, 4> kNone{{{0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
  static constexpr std::array<Interval, 8> kWide{{{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
                                                  {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}}};
  const auto in = [point](const Interval& interval) { return interval.first <= point && point <= interval.last; };
  if (std::ranges::any_of(kNone, in)) return 0;
  return std::ranges::any_of(kWide, in) ? 2 : 1;
}

/// Length of the sequence at `at` and its code point; `text` is valid UTF-8.
std::pair<std::size_t, std::uint32_t> decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) : 0U; };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {1, lead};
  if (lead < 0xE0) return {2, ((lead & 0x1FU) << 6U) | (byte(at + 1) & 0x3FU)};
  if (lead < 0xF0) return {3, ((lead & 0x0FU) << 12U) | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU)};
  return {4, ((lead & 0x07U) << 18U) | ((byte(at + 1) & 0x3FU) << 12U) | ((byte(at + 2) & 0x3FU) << 6U) | (byte(at + 3) & 0x3FU)};
}

std::vector<Glyph> glyphs(std::string_view text) {
  std::vector<Glyph> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto [length, point] = decode(text, at);
    all.push_back({text.substr(at, length), width_of(point)});
    at += std::max<std::size_t>(1, std::min(length, text.size() - at));
  }
  return all;
}

/// Tabs become blanks and everything that could drive a terminal becomes visible.
std::string safe(std::string_view text) {
  std::string result;
  std::size_t from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || text[at] == '\t') {
      result += printable(text.substr(from, at - from));
      if (at < text.size()) result += "    ";
      from = at + 1;
    }
  }
  return result;
}

/// Every character that a command to a build's log begins with is an escape.
std::string without_signs(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '#' ? std::string("\\x23") : c == ':' ? std::string("\\x3a") : std::string(1, c);
  return result;
}

}  // namespace

std::string Paint::operator()(std::string_view code, std::string_view text) const {
  return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string_view trim_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const Glyph& glyph : glyphs(text)) width += glyph.width;
  return width;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent, std::size_t used) {
  std::string result;
  std::size_t column = used;
  std::size_t at = 0;
  bool first = true;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const std::size_t size = display_width(word);
    if (!first && column + 1 + size > width) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) {
      result += ' ';
      ++column;
    }
    result += word;
    column += size;
    first = false;
    if (end < text.size() && text[end] == '\n') {
      result += "\n" + std::string(indent, ' ');
      column = indent;
      first = true;
    }
    at = end + 1;
  }
  return result;
}

std::string excerpt(Locator& locator, Span span, std::string_view message, const ExcerptStyle& style) {
  const Range range = locator.range(span);
  const std::string_view line = locator.line(span.file, range.begin.line);
  const std::size_t line_begin = locator.line_begin(span.file, range.begin.line);
  const std::size_t begin = std::min<std::size_t>(span.begin - std::min<std::size_t>(span.begin, line_begin), line.size());
  const std::size_t end = range.end.line > range.begin.line ? line.size() : std::min<std::size_t>(span.end - line_begin, line.size());
  // No terminal shows more: a line of megabytes costs no more than a long one.
  constexpr std::size_t kFarthest = 400;
  std::size_t from = begin - std::min(begin, kFarthest);
  while (from > 0 && from < begin && (static_cast<unsigned char>(line[from]) & 0xC0U) == 0x80U) ++from;
  std::string before = safe(line.substr(from, begin - from));
  std::string culprit = safe(clip(line.substr(begin, std::max(begin, end) - begin), kFarthest));
  while (culprit.ends_with(' ')) culprit.pop_back();
  std::string after = safe(clip(line.substr(std::max(begin, end)), kFarthest));
  // What is harmless in three pieces may be a command to a build's log where they meet ("##" and "[error]", "::" and "error").
  const std::string joined = before + culprit + after;
  if (printable(joined) != joined) {
    for (std::string* piece : {&before, &culprit, &after}) *piece = without_signs(*piece);
  }

  const std::size_t room = std::max<std::size_t>(40, style.width) - style.gutter - 4;
  std::string_view shown_before = before;
  std::string_view shown_culprit = culprit;
  std::string_view shown_after = after;
  std::string_view lead;
  std::string_view tail;
  const auto total = [&] { return display_width(shown_before) + display_width(shown_culprit) + display_width(shown_after) + display_width(lead) + display_width(tail); };
  if (total() > room) {
    // Keep the culprit: drop what stands far before it, then what stands behind, then its own end.
    const std::vector<Glyph> head = glyphs(before);
    const std::size_t keep_before = std::min<std::size_t>(head.size(), display_width(culprit) + 24 > room ? 12 : room - display_width(culprit) - 8);
    const auto cut_front = [&](std::size_t keep) {
      std::size_t bytes = 0;
      for (std::size_t i = 0; i < head.size() - keep; ++i) bytes += head[i].bytes.size();
      shown_before = std::string_view(before).substr(bytes);
      lead = bytes > 0 ? "…" : "";
    };
    if (display_width(before) + std::min<std::size_t>(display_width(culprit), room / 2) > room) cut_front(keep_before);
    const auto cut_back = [&](std::string_view& piece, const std::string& whole) {
      const std::size_t others = total() - display_width(piece) - display_width(tail) + 1;
      std::size_t bytes = 0;
      std::size_t width = 0;
      for (const Glyph& glyph : glyphs(whole)) {
        if (others + width + glyph.width > room) break;
        bytes += glyph.bytes.size();
        width += glyph.width;
      }
      piece = std::string_view(whole).substr(0, bytes);
      tail = "…";
    };
    if (total() > room) cut_back(shown_after, after);
    if (total() > room) cut_back(shown_culprit, culprit);
  }
  const std::size_t marks = std::max<std::size_t>(1, display_width(shown_culprit));
  const std::string bar = style.paint(kBlue, "|");
  std::string result = fmt::format("{} {} {}{}{}{}{}\n", style.paint(kBlue, fmt::format("{:>{}}", range.begin.line, style.gutter)), bar, lead,
                                   shown_before, shown_culprit, shown_after, tail);
  const std::size_t pad = display_width(shown_before) + display_width(lead);
  result += fmt::format("{} {} {}{}", std::string(style.gutter, ' '), bar, std::string(pad, ' '),
                        style.paint(style.mark_color, std::string(marks, style.mark)));
  if (!message.empty()) {
    if (pad + marks + 1 + display_width(message) > room) {
      result += fmt::format("\n{} {} {}", std::string(style.gutter, ' '), bar,
                            std::string(std::min(pad, room - std::min(room, display_width(message))), ' '));
    } else {
      result += ' ';
    }
    result += style.paint(style.mark_color, message);
  }
  return result + "\n";
}

}  // namespace whimbrel::report
