// UTF-8: validity, code points, and making foreign text safe to print.
#include "utf8.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "whimbrel/base/text.h"

namespace whimbrel {

namespace {

/// C1 controls, and the invisible characters that reorder what a reader sees (Unicode's bidirectional controls) or
/// break lines.
bool drives_a_terminal(char32_t c) {
  return (c >= 0x80 && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether a command to the program that shows a build's log begins there: "::error::" first on a line (GitHub Actions, behind blanks
/// too), "##[error]", "##vso[task…]", "##teamcity[…" anywhere (GitHub's older form, Azure Pipelines, TeamCity). A text may be wrapped,
/// or come first on a line: each blank counts as a line's beginning.
bool drives_a_log(std::string_view text, std::size_t at) {
  const auto next = [&](std::size_t i) { return at + i < text.size() ? text[at + i] : '\0'; };
  if (next(0) == ':') return next(1) == ':' && is_letter(next(2)) && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t');
  if (next(0) != '#' || next(1) != '#') return false;
  std::size_t i = 2;
  while (is_letter(next(i))) ++i;
  return next(i) == '[';
}

}  // namespace

CodePoint decode_at(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(offset);
  if (lead < 0x80) return {lead, 1, true};
  const CodePoint stray{lead, 1, false};
  std::size_t size = 0;
  char32_t value = 0;
  char32_t smallest = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2, value = lead & 0x1FU, smallest = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    size = 3, value = lead & 0x0FU, smallest = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4, value = lead & 0x07U, smallest = 0x10000;
  } else {
    return stray;
  }
  if (text.size() - offset < size) return stray;
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint8_t next = byte(offset + i);
    if ((next & 0xC0U) != 0x80) return stray;
    value = (value << 6U) | (next & 0x3FU);
  }
  if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return stray;
  return {value, size, true};
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  constexpr std::uint64_t kNotAscii = 0x8080808080808080U;
  for (std::size_t i = 0; i < text.size();) {
    std::uint64_t eight = kNotAscii;
    if (text.size() - i >= sizeof eight) std::memcpy(&eight, text.data() + i, sizeof eight);
    if ((eight & kNotAscii) == 0) {
      i += sizeof eight;
      continue;
    }
    if (static_cast<std::uint8_t>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const CodePoint point = decode_at(text, i);
    if (!point.valid) return i;
    i += point.size;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) i += decode_at(text, i).size;
  return count;
}

std::string printable(std::string_view text, std::string_view keep) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_at(text, i);
    const bool control = point.value < 0x20 || point.value == 0x7F;
    if (!point.valid || (control && !keep.contains(text[i])) || drives_a_log(text, i)) {
      fmt::format_to(std::back_inserter(result), "\\x{:02x}", static_cast<std::uint32_t>(point.value));
    } else if (drives_a_terminal(point.value)) {
      fmt::format_to(std::back_inserter(result), "\\u{{{:x}}}", static_cast<std::uint32_t>(point.value));
    } else {
      result.append(text.substr(i, point.size));
    }
    i += point.size;
  }
  return result;
}

std::string printable_json(std::string document) {
  // They can only stand in its strings. C0 controls are escapes in any JSON; all others begin with one of few bytes.
  static constexpr auto kSuspicious = [] {
    std::array<bool, 256> bytes{};
    for (const char c : std::string_view("#\x7F\xC2\xD8\xE2\xEF")) bytes[static_cast<unsigned char>(c)] = true;
    return bytes;
  }();
  std::string result;
  std::size_t done = 0;   // so much of the document is in the result
  for (std::size_t i = 0; i < document.size();) {
    if (!kSuspicious[static_cast<unsigned char>(document[i])]) {
      ++i;
      continue;
    }
    const CodePoint point = decode_at(document, i);
    if (point.value == 0x7F || (document[i] == '#' && drives_a_log(document, i)) || (point.valid && drives_a_terminal(point.value))) {
      result.append(document, done, i - done);
      fmt::format_to(std::back_inserter(result), "\\u{:04x}", static_cast<std::uint32_t>(point.value));
      done = i + point.size;
    }
    i += point.size;
  }
  if (done == 0) return document;
  result.append(document, done);
  return result;
}

}  // namespace whimbrel
