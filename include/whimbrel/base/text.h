// Small questions about text: UTF-8, ASCII case, nearest name, and making foreign text safe to print.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace whimbrel {

/// Byte offset of the first byte that is not valid UTF-8 (overlong forms and surrogates count as invalid).
std::optional<std::size_t> first_invalid_utf8(std::string_view text);
/// Number of Unicode code points in valid UTF-8; stray bytes count as one each.
std::size_t count_code_points(std::string_view text);
/// The text with every control character (C0 but not in `keep`, DEL, C1, bidirectional overrides), every invalid byte and the first
/// character of what would be a command to a build's log ("::error::", "##vso[") replaced by a visible escape: what an input says can
/// drive neither a terminal nor a log.
std::string printable(std::string_view text, std::string_view keep = "");

/// A JSON document in which the characters that `printable` replaces are escapes (\u001b): it says the same, and drives nothing.
std::string printable_json(std::string document);

std::string to_lower(std::string_view ascii);
/// Two texts of one size; `equals_ignoring_case` is what to call.
bool same_letters(std::string_view left, std::string_view right);
/// ASCII letters of either case are equal. Most comparisons end with the sizes or the first letters (which differ in more than the
/// bit of the case).
inline bool equals_ignoring_case(std::string_view left, std::string_view right) {
  constexpr unsigned kCase = 0x20;
  return left.size() == right.size() &&
         (left.empty() || ((static_cast<unsigned char>(left[0]) ^ static_cast<unsigned char>(right[0])) & ~kCase) == 0) &&
         same_letters(left, right);
}
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string_view trim(std::string_view text);
/// The longest beginning of at most that many bytes that does not end inside a character.
std::string_view clip(std::string_view text, std::size_t bytes);

/// The candidate with the smallest edit distance to `name`, if it is near enough to be a slip of the pen.
std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> candidates);

/// Shell-like pattern over '/'-separated paths: `*` within a segment, `**` across segments, `?` one character. Linear time.
bool matches_glob(std::string_view pattern, std::string_view path);

}  // namespace whimbrel
