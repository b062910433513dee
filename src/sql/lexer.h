// PostgreSQL's lexical rules over any text, broken text included: tokens, comments, and what psql and templates put between them.
//
// The server's own scanner is not used for this: it leaves by longjmp at the first thing it does not like, and knows neither
// psql's variables nor templates. The rules are those of the manual's "Lexical Structure" and of the server's scan.l.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace whimbrel::sql {

enum class TokenKind : std::uint8_t {
  word,       ///< identifier or keyword, not quoted
  quoted,     ///< "identifier", U&"identifier"
  string,     ///< '…', E'…', B'…', X'…', N'…', U&'…', with their continuations on further lines
  dollar,     ///< $tag$…$tag$
  number,
  parameter,  ///< $1
  op,         ///< operators, and :: := => ..
  symbol,     ///< one of ( ) [ ] , ; . :
  meta,       ///< psql's backslash command, up to the end of its line or the next one
  bad,        ///< no token of SQL: a stray byte; a quote or comment that never ends, up to the end of its line
};

struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::bad;
  bool line_start = false;  ///< the first token of its line
  bool masked = false;      ///< holds a variable or a template

  [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

/// A piece of the text that is no SQL and has to become an identifier, a string or blanks before the server may read it.
struct Mask {
  /// `template_in_quotes`: part of a quoted name, whose own quotes would end it.
  enum class Kind : std::uint8_t { variable, quoted_variable, value_template, control_template, template_in_quotes };
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Kind kind = Kind::variable;
  bool own_line = false;  ///< nothing else stands on its line(s)
};

struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct LexerOptions {
  bool psql = false;
  bool templates = false;
  bool placeholders = false;
};

class Lexer {
 public:
  Lexer(std::string_view text, const LexerOptions& options, std::uint32_t begin, std::uint32_t end)
      : text_(text.substr(0, end)), options_(options), position_(begin) {}

  /// The next token; false at the end. Comments and masks that stand before or in it are appended to the lists below.
  bool next(Token& token);

  /// Goes back (or on) to a byte. What was listed behind it is forgotten.
  void seek(std::uint32_t position);

  [[nodiscard]] std::uint32_t position() const { return position_; }
  /// Behind the end of the line that the byte stands in, terminator included.
  [[nodiscard]] std::uint32_t after_line(std::uint32_t position) const;

  std::vector<ByteRange> comments;
  std::vector<Mask> masks;

 private:
  [[nodiscard]] char at(std::uint32_t position) const { return position < text_.size() ? text_[position] : '\0'; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] std::uint32_t end_of_line(std::uint32_t position) const;
  [[nodiscard]] std::uint32_t template_end(std::uint32_t position) const;
  [[nodiscard]] bool has_own_line(std::uint32_t begin, std::uint32_t end) const;
  bool skip_blanks();
  bool skip_block_comment();
  void word(Token& token);
  void add_template(std::uint32_t end);
  bool quoted(Token& token, char quote, bool escapes);
  [[nodiscard]] std::uint32_t closing_quote(std::uint32_t open, char quote, bool escapes) const;
  std::uint32_t behind_templates(Token& token, std::uint32_t end);
  bool string_continues();
  bool dollar(Token& token);
  void number(Token& token);
  void op(Token& token);
  bool variable(Token& token);
  bool placeholder(Token& token);
  void meta(Token& token);
  bool unterminated(Token& token);

  std::string_view text_;
  LexerOptions options_;
  std::uint32_t position_ = 0;
  std::uint32_t brackets_ = 0;
  bool line_start_ = true;
  bool operand_ = false;          ///< the token before could end an operand
  std::uint32_t previous_end_ = 0;
  std::uint64_t lost_scans_ = 0;  ///< bytes searched in vain for the end of a quote, so that many of them stay linear
};

/// Whether a word is this lower-case keyword.
inline bool is_keyword(std::string_view word, std::string_view keyword) {
  if (word.size() != keyword.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] - 'A' + 'a') : word[i];
    if (c != keyword[i]) return false;
  }
  return true;
}

}  // namespace whimbrel::sql
