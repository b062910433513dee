// The walk: quotes and comments by PostgreSQL's rules, for its files are the ones that must not be misread.
#include "tokens.h"

#include <algorithm>

#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::size_t kLongestName = 128;

}  // namespace

void Tokens::skip_line() {
  const std::size_t newline = text_.find('\n', at_);
  at_ = newline == std::string_view::npos ? text_.size() : newline + 1;
}

void Tokens::skip_block_comment() {
  at_ += 2;
  for (int depth = 1; at_ < text_.size() && depth > 0;) {
    if (peek() == '*' && peek(1) == '/') {
      --depth;
      at_ += 2;
    } else if (peek() == '/' && peek(1) == '*') {
      ++depth;
      at_ += 2;
    } else {
      ++at_;
    }
  }
}

void Tokens::skip_string(char quote, bool backslashes) {
  ++at_;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (backslashes && c == '\\') {
      ++at_;
    } else if (c == quote) {
      if (peek() != quote) break;
      ++at_;
    }
  }
  at_ = std::min(at_, text_.size());
}

bool Tokens::skip_dollar_quote() {
  std::size_t end = at_ + 1;
  while (end < text_.size() && (is_letter(text_[end]) || (end > at_ + 1 && is_digit(text_[end])))) ++end;
  if (end >= text_.size() || text_[end] != '$') return false;
  const std::string_view tag = text_.substr(at_, end + 1 - at_);
  const std::size_t close = text_.find(tag, end + 1);
  at_ = close == std::string_view::npos ? text_.size() : close + tag.size();
  return true;
}

bool Tokens::skip_template(std::string_view open, std::string_view close) {
  if (unclosed_template_ || !text_.substr(at_).starts_with(open)) return false;
  const std::size_t end = text_.find(close, at_ + open.size());
  if (end == std::string_view::npos) {
    unclosed_template_ = true;
    return false;
  }
  at_ = end + close.size();
  return true;
}

/// `name` or [name]: letters, digits, blanks and the like, on one line.
bool Tokens::skip_name_in(char close) {
  const std::size_t limit = std::min(text_.size(), at_ + kLongestName);
  std::size_t end = at_ + 1;
  while (end < limit && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == ' ' || text_[end] == '-' ||
                         text_[end] == '.' || text_[end] == '$')) {
    ++end;
  }
  if (end == at_ + 1 || end >= limit || text_[end] != close || is_digit(text_[at_ + 1])) return false;
  at_ = end + 1;
  return true;
}

bool Tokens::skip_blank() {
  if (is_blank(peek())) {
    ++at_;
  } else if (peek() == '-' && peek(1) == '-') {
    skip_line();
  } else if (peek() == '/' && peek(1) == '*' && peek(2) != '!') {
    skip_block_comment();
  } else if (peek() == '\\' && (at_ == 0 || text_[at_ - 1] == '\n')) {
    skip_line();
  } else {
    switch (peek()) {
      case '{': return skip_template("{{", "}}") || skip_template("{%", "%}");
      case '$': return skip_template("${", "}");
      case '<': return skip_template("<%", "%>");
      default: return false;
    }
  }
  return true;
}

Token Tokens::next() {
  while (at_ < text_.size() && skip_blank()) {
  }
  const std::size_t begin = at_;
  if (at_ >= text_.size()) return {};
  const char c = peek();
  if (c == '\'') {
    skip_string('\'', false);
    return token(TokenKind::string, begin);
  }
  if ((c == 'e' || c == 'E') && peek(1) == '\'') {
    ++at_;
    skip_string('\'', true);
    return token(TokenKind::string, begin);
  }
  if (is_letter(c)) {
    std::uint32_t hash = 0;
    while (at_ < text_.size() && is_in_word(text_[at_])) hash = add_to_hash(hash, text_[at_++]);
    return {TokenKind::word, text_.substr(begin, at_ - begin), hash};
  }
  if (is_digit(c)) {
    while (is_digit(peek()) || is_letter(peek()) || peek() == '.') ++at_;
    return token(TokenKind::number, begin);
  }
  if (c == '"') {
    skip_string('"', false);
    return token(TokenKind::quoted_name, begin);
  }
  if (c == '$' && skip_dollar_quote()) return token(TokenKind::dollar_quote, begin);
  if (c == '`' && skip_name_in('`')) return token(TokenKind::backtick_name, begin);
  const char before = begin == 0 ? ' ' : text_[begin - 1];
  if (c == '[' && (is_blank(before) || before == '.' || before == '(' || before == ',') && skip_name_in(']')) {
    return token(TokenKind::bracket_name, begin);
  }
  if (c == '/' && peek(1) == '*') {
    const bool version = is_digit(peek(3));
    skip_block_comment();
    return token(version ? TokenKind::conditional_comment : TokenKind::string, begin);
  }
  at_ += c == ':' && peek(1) == ':' ? 2 : 1;
  const std::string_view symbol = text_.substr(begin, at_ - begin);
  return {TokenKind::symbol, symbol, word_hash(symbol)};
}

void Tokens::skip_copy_data() {
  skip_line();
  while (at_ < text_.size()) {
    const std::size_t line = at_;
    skip_line();
    if (trim(text_.substr(line, at_ - line)) == "\\.") return;
  }
}

bool Tokens::alone_on_line(Token token) const {
  const auto begin = static_cast<std::size_t>(token.text.data() - text_.data());
  const auto blank_to = [&](std::size_t at, bool forward) {
    while (forward ? at < text_.size() : at > 0) {
      const char c = text_[forward ? at++ : --at];
      if (c == '\n') return true;
      if (!is_blank(c)) return false;
    }
    return true;
  };
  return blank_to(begin, false) && blank_to(begin + token.text.size(), true);
}

}  // namespace whimbrel::frontends::sql_files
