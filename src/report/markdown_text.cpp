// Text of inputs inside a Markdown document, so that it stays text (CommonMark, and GitHub's and GitLab's additions to it).
#include "markdown_text.h"

#include <algorithm>

#include "excerpt.h"
#include "whimbrel/base/text.h"

namespace whimbrel::report {
namespace {

/// Between what only works when it stands together (`@name`, `#12`, `https://`): a space that has no width.
constexpr std::string_view kApart = "\xE2\x80\x8B";

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// "1." and "1)" at the start of a line make a list: how many digits, or 0.
std::size_t list_number(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits < text.size() && (text[digits] == '.' || text[digits] == ')') ? digits : 0;
}

}  // namespace

std::string markdown_text(std::string_view raw) {
  const std::string text = printable(raw);
  const std::size_t number = list_number(text);
  std::string result;
  result.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool in_word = i > 0 && i + 1 < text.size() && is_letter_or_digit(text[i - 1]) && is_letter_or_digit(text[i + 1]);
    switch (c) {
      case '\\': case '`': case '*': case '[': case ']': case '<': case '>': case '|': case '~': case '&': case '$':
        result += '\\';
        result += c;
        break;
      case '_':
        result += in_word ? "_" : "\\_";
        break;
      case '@':
      case '#':
        result += '\\';
        result += c;
        result += kApart;
        break;
      case ':':
        result += c;
        if (text.compare(i, 3, "://") == 0) result += kApart;
        break;
      case '.':
        if (i > 0 && i == number) result += '\\';
        result += c;
        if (i >= 3 && equals_ignoring_case(std::string_view(text).substr(i - 3, 3), "www")) result += kApart;
        break;
      case '-': case '+': case '=':
        if (i == 0) result += '\\';
        result += c;
        break;
      case ')':
        if (i > 0 && i == number) result += '\\';
        result += c;
        break;
      default: result += c;
    }
  }
  return result;
}

std::string markdown_code(std::string_view raw) {
  std::string text = printable(raw);
  if (text.empty()) text = " ";
  const std::string fence(longest_run_of_backticks(text) + 1, '`');
  // One blank on each side is taken off again; without them a backtick would belong to the fence.
  const bool padded = text.front() == '`' || text.back() == '`' || (text.front() == ' ' && text.back() == ' ');
  return padded ? fence + ' ' + text + ' ' + fence : fence + text + fence;
}

std::string markdown_block(std::string_view code, std::string_view language, std::string_view indent) {
  const std::string text = printable(trim_end(code), "\n\t");
  const std::string fence(std::max<std::size_t>(3, longest_run_of_backticks(text) + 1), '`');
  std::string result = std::string(indent) + fence + std::string(language) + "\n";
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) result += std::string(indent) + text.substr(at, end - at);
    result += "\n";
    at = end + 1;
  }
  return result + std::string(indent) + fence + "\n";
}

}  // namespace whimbrel::report
