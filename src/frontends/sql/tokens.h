// Tokens of SQL text in any dialect, as far as telling dialects apart needs them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace whimbrel::frontends::sql_files {

enum class TokenKind : std::uint8_t {
  end,
  word,
  number,
  symbol,
  string,
  quoted_name,
  backtick_name,
  bracket_name,
  dollar_quote,
  conditional_comment
};

constexpr bool is_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

inline constexpr auto kInWord = [] {
  std::array<bool, 256> in_word{};
  for (std::size_t c = 0; c < in_word.size(); ++c) {
    const char as_char = static_cast<char>(c);
    in_word[c] = is_letter(as_char) || (as_char >= '0' && as_char <= '9') || as_char == '$';
  }
  return in_word;
}();
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
/// Letters, digits and `$`: what a word goes on with.
constexpr bool is_in_word(char c) { return kInWord[static_cast<unsigned char>(c)]; }

/// Of a text's letters without their case: equal words have equal hashes. Tells most words apart at once.
constexpr std::uint32_t add_to_hash(std::uint32_t hash, char c) {
  return (hash ^ static_cast<std::uint32_t>(c | 0x20)) * 0x01000193U;
}
constexpr std::uint32_t word_hash(std::string_view text) {
  std::uint32_t hash = 0;
  for (const char c : text) hash = add_to_hash(hash, c);
  return hash;
}

/// `text` is the token as written; for a word it is compared without regard to case. `hash` is that of a word's or symbol's text.
struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  std::uint32_t hash = 0;
};

/// Walks a text once. Comments, string contents, dollar-quoted bodies, COPY data, psql commands and templates are
/// passed over.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}
  Token next();
  /// Passes over COPY data: to behind the line `\.`, or the end.
  void skip_copy_data();
  /// The token stands alone on its line.
  [[nodiscard]] bool alone_on_line(Token token) const;

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  Token token(TokenKind kind, std::size_t begin) const { return {kind, text_.substr(begin, at_ - begin)}; }
  bool skip_blank();
  void skip_line();
  void skip_block_comment();
  void skip_string(char quote, bool backslashes);
  bool skip_dollar_quote();
  bool skip_template(std::string_view open, std::string_view close);
  bool skip_name_in(char close);

  std::string_view text_;
  std::size_t at_ = 0;
  bool unclosed_template_ = false;  ///< looking for another end would only look in vain again
};

}  // namespace whimbrel::frontends::sql_files
