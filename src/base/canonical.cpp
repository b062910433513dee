// Text without layout, comments and case: a small scanner that knows SQL's quotes.
#include "whimbrel/base/canonical.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "whimbrel/base/text.h"

namespace whimbrel {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '$'; }

/// Manual, "Lexical Structure".
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool looks_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void put(std::string_view token) {
    if (!out_.empty()) out_ += ' ';
    out_ += token;
  }

  void step() {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (looks_at("--")) {
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    } else if (looks_at("/*")) {
      skip_block_comment();
    } else if (c == '\'' || c == '"') {
      quoted(c, false);
    } else if ((c == 'e' || c == 'E') && at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
      quoted('\'', true);
    } else if (c == '$' && dollar_quoted()) {
      return;
    } else if (is_word(c)) {
      const auto* const end = std::ranges::find_if_not(text_.substr(at_), is_word);
      const auto size = static_cast<std::size_t>(end - text_.data()) - at_;
      put(to_lower(text_.substr(at_, size)));
      at_ += size;
    } else {
      put(text_.substr(at_, 1));
      ++at_;
    }
  }

  void skip_block_comment() {
    std::size_t depth = 0;
    do {
      if (looks_at("/*")) {
        ++depth;
        at_ += 2;
      } else if (looks_at("*/")) {
        --depth;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (depth > 0 && at_ < text_.size());
  }

  void quoted(char quote, bool escapes) {
    const std::size_t begin = at_;
    at_ += escapes ? 2 : 1;
    while (at_ < text_.size()) {
      if (escapes && text_[at_] == '\\') {
        at_ += 2;
      } else if (text_[at_++] == quote) {
        if (at_ >= text_.size() || text_[at_] != quote) break;
        ++at_;
      }
    }
    at_ = std::min(at_, text_.size());
    put(text_.substr(begin, at_ - begin));
  }

  /// `$tag$ … $tag$`: its inside is most likely code. One inside another is text of the outer one.
  bool dollar_quoted() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && (is_letter(text_[end]) || (is_digit(text_[end]) && end > at_ + 1))) ++end;
    if (end >= text_.size() || text_[end] != '$') return false;
    const std::string_view tag = text_.substr(at_, end + 1 - at_);
    const std::size_t close = text_.find(tag, end + 1);
    if (close == std::string_view::npos) return false;
    put("$$");
    const std::size_t behind = close + tag.size();
    Scanner inner(text_.substr(end + 1, close - end - 1));
    inner.nested_ = true;
    if (nested_) {
      put(collapse_blanks(inner.text_));
    } else {
      put(inner.run());
    }
    put("$$");
    at_ = behind;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  bool nested_ = false;
};

}  // namespace

std::string canonical_sql(std::string_view text) { return Scanner(text).run(); }

std::string collapse_blanks(std::string_view text) {
  std::string result;
  bool blank = false;
  for (const char c : text) {
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (blank && !result.empty()) result += ' ';
    blank = false;
    result += c;
  }
  return result;
}

std::string stable_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace whimbrel
