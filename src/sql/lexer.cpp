// Tokens: words, strings, numbers, operators, comments.
#include "lexer.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace whimbrel::sql {
namespace {

/// `kWordPlain`: in a word, and never the beginning of a template.
enum : std::uint8_t { kBlank = 1, kWordStart = 2, kWordPart = 4, kDigit = 8, kOperator = 16, kWordPlain = 32, kSymbol = 64, kNewline = 128 };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\n', '\r', '\f', '\v'}) classes[static_cast<unsigned char>(c)] = kBlank;
  for (const char c : {'\n', '\r'}) classes[static_cast<unsigned char>(c)] |= kNewline;
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<std::size_t>(c)] = kWordStart | kWordPart | kWordPlain;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<std::size_t>(c)] = kWordStart | kWordPart | kWordPlain;
  for (int c = 0x80; c <= 0xff; ++c) classes[static_cast<std::size_t>(c)] = kWordStart | kWordPart | kWordPlain;
  classes['_'] = kWordStart | kWordPart | kWordPlain;
  classes['$'] = kWordPart;
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<std::size_t>(c)] = kDigit | kWordPart | kWordPlain;
  for (const char c : std::string_view("~!@#^&|`?+-*/%<>=")) classes[static_cast<unsigned char>(c)] = kOperator;
  for (const char c : std::string_view("()[],;.")) classes[static_cast<unsigned char>(c)] = kSymbol;
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

std::uint8_t classes_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool is(char c, std::uint8_t classes) { return (classes_of(c) & classes) != 0; }

/// Words behind which an operand comes: a `?` there is a bound parameter and no operator of jsonb.
bool wants_operand(std::string_view word) {
  static constexpr std::array<std::string_view, 24> kWords = {
      "limit", "offset", "where", "and", "or", "not", "then", "else", "when", "like", "ilike", "between",
      "select", "set", "in", "returning", "by", "to", "case", "having", "from", "values", "interval", "default"};
  for (const std::string_view keyword : kWords) {
    if (is_keyword(word, keyword)) return true;
  }
  return false;
}

/// After this many bytes searched in vain, what does not end is taken to end with its line without a look.
constexpr std::uint64_t kLostScanBudget = 64ULL * 1024 * 1024;

}  // namespace

void Lexer::seek(std::uint32_t position) {
  position_ = position;
  brackets_ = 0;
  operand_ = false;
  while (!comments.empty() && comments.back().begin >= position) comments.pop_back();
  while (!masks.empty() && masks.back().begin >= position) masks.pop_back();
  line_start_ = position == 0 || text_[position - 1] == '\n' || text_[position - 1] == '\r';
}

std::uint32_t Lexer::end_of_line(std::uint32_t position) const {
  if (position >= size()) return position;
  const std::string_view rest = text_.substr(position);
  const std::string_view line = rest.substr(0, rest.find('\n'));
  return position + static_cast<std::uint32_t>(std::min(line.find('\r'), line.size()));
}

std::uint32_t Lexer::after_line(std::uint32_t position) const {
  position = end_of_line(position);
  if (at(position) == '\r') ++position;
  return at(position) == '\n' ? position + 1 : position;
}

bool Lexer::skip_block_comment() {
  const std::uint32_t begin = position_;
  if (lost_scans_ > kLostScanBudget) return false;
  std::uint32_t depth = 1;
  std::uint32_t i = begin + 2;
  for (; i < size() && depth > 0; ++i) {
    if (text_[i] == '/' && at(i + 1) == '*') {
      ++depth;
      ++i;
    } else if (text_[i] == '*' && at(i + 1) == '/') {
      --depth;
      ++i;
    }
  }
  if (depth > 0) {
    lost_scans_ += size() - begin;
    return false;
  }
  position_ = i;
  comments.push_back({begin, i});
  return true;
}

/// Blanks and comments. False where a comment does not end: it stands at the position then.
bool Lexer::skip_blanks() {
  while (position_ < size()) {
    const char c = text_[position_];
    if (is(c, kBlank)) {
      std::uint32_t i = position_;
      std::uint8_t met = 0;
      for (; i < size() && is(text_[i], kBlank); ++i) met |= classes_of(text_[i]);
      line_start_ = line_start_ || (met & kNewline) != 0;
      position_ = i;
    } else if (c == '-' && at(position_ + 1) == '-') {
      const std::uint32_t begin = position_;
      position_ = end_of_line(begin);
      comments.push_back({begin, position_});
    } else if (c == '/' && at(position_ + 1) == '*') {
      if (!skip_block_comment()) return false;
    } else {
      break;
    }
  }
  return true;
}

bool Lexer::next(Token& token) {
  const bool whole = skip_blanks();
  if (position_ >= size()) return false;
  token = Token{position_, position_, TokenKind::bad, line_start_, false};
  line_start_ = false;
  if (!whole) {
    token.end = position_ = end_of_line(position_);
    operand_ = false;
    return true;
  }
  const char c = text_[position_];
  const char following = at(position_ + 1);
  if (options_.placeholders && placeholder(token)) {
  } else if (is(c, kWordStart)) {
    const char lower = static_cast<char>(c | 0x20);
    if (following == '\'' && (lower == 'e' || lower == 'b' || lower == 'x' || lower == 'n')) {
      ++position_;
      quoted(token, '\'', lower == 'e');
    } else if (lower == 'u' && following == '&' && (at(position_ + 2) == '\'' || at(position_ + 2) == '"')) {
      position_ += 2;
      quoted(token, text_[position_], false);
    } else {
      word(token);
    }
  } else if (c == '\'' || c == '"') {
    quoted(token, c, false);
  } else if (is(c, kDigit) || (c == '.' && is(following, kDigit))) {
    number(token);
  } else if (c == '$') {
    if (options_.templates && template_end(position_) != 0) {
      word(token);
    } else if (!dollar(token)) {
      token.end = ++position_;
    }
  } else if (options_.templates && (c == '{' || (c == '<' && following == '%')) && template_end(position_) != 0) {
    word(token);
  } else if (c == ':') {
    if (!variable(token)) {
      token.kind = following == ':' || following == '=' ? TokenKind::op : TokenKind::symbol;
      position_ += token.kind == TokenKind::op ? 2 : 1;
    }
  } else if (is(c, kSymbol)) {
    token.kind = TokenKind::symbol;
    ++position_;
    if (c == '.' && following == '.') {
      token.kind = TokenKind::op;
      ++position_;
    }
    if (c == '[') ++brackets_;
    if (c == ']' && brackets_ > 0) --brackets_;
    if (c == ';') brackets_ = 0;
  } else if (is(c, kOperator)) {
    op(token);
  } else if (c == '\\' && options_.psql) {
    meta(token);
  } else {
    ++position_;
  }
  token.end = position_;
  previous_end_ = position_;
  const char last = text_[position_ - 1];
  operand_ = token.kind == TokenKind::word || token.kind == TokenKind::quoted || token.kind == TokenKind::string ||
             token.kind == TokenKind::dollar || token.kind == TokenKind::number || token.kind == TokenKind::parameter ||
             (token.kind == TokenKind::symbol && (last == ')' || last == ']'));
  if (options_.placeholders && token.kind == TokenKind::word) operand_ = !wants_operand(text_.substr(token.begin, token.size()));
  return true;
}

void Lexer::word(Token& token) {
  token.kind = TokenKind::word;
  const std::uint8_t plain = options_.templates ? kWordPlain : kWordPart;
  while (position_ < size()) {
    std::uint32_t i = position_;
    while (i < size() && is(text_[i], plain)) ++i;
    position_ = i;
    if (i >= size()) break;
    const char c = text_[i];
    if (options_.templates && (c == '$' || c == '{' || (c == '<' && position_ == token.begin))) {
      if (const std::uint32_t end = template_end(position_); end != 0) {
        add_template(end);
        token.masked = true;
        continue;
      }
    }
    if (!is(c, kWordPart)) break;
    ++position_;
  }
}

bool Lexer::unterminated(Token& token) {
  token.kind = TokenKind::bad;
  position_ = end_of_line(token.begin);
  return false;
}

/// From an opening quote at the position to behind the closing one, and over the string's continuations.
bool Lexer::quoted(Token& token, char quote, bool escapes) {
  token.kind = quote == '"' ? TokenKind::quoted : TokenKind::string;
  do {
    const std::uint32_t end = lost_scans_ > kLostScanBudget ? 0 : closing_quote(position_, quote, escapes);
    if (end == 0) {
      lost_scans_ += size() - token.begin;
      return unterminated(token);
    }
    position_ = quote == '"' && options_.templates ? behind_templates(token, end) : end;
  } while (quote == '\'' && string_continues());
  return true;
}

/// A template inside a quoted name may have quotes of its own: `"{{ index .Options "Namespace" }}"`. Behind the name's real end,
/// with what is between the braces masked; `end` where no quote stands in a template.
std::uint32_t Lexer::behind_templates(Token& token, std::uint32_t end) {
  for (std::uint32_t from = token.begin + 1; from < end;) {
    const std::size_t open = text_.substr(0, end).find("{{", from);
    if (open == std::string_view::npos) break;
    const auto begin = static_cast<std::uint32_t>(open);
    const std::uint32_t behind = template_end(begin);
    if (behind == 0) break;
    if (behind >= end) {
      const std::uint32_t further = closing_quote(behind - 1, '"', false);
      if (further == 0) break;
      masks.push_back({begin, behind, Mask::Kind::template_in_quotes, false});
      token.masked = true;
      end = further;
    }
    from = behind;
  }
  return end;
}

/// Behind the quote that closes the one at `open`; 0 where none does.
std::uint32_t Lexer::closing_quote(std::uint32_t open, char quote, bool escapes) const {
  std::uint32_t i = open + 1;
  for (;;) {
    if (escapes) {
      while (i < size() && text_[i] != quote && text_[i] != '\\') ++i;
      if (at(i) == '\\' && i + 1 < size()) {
        i += 2;
        continue;
      }
    } else if (i < size()) {
      const void* found = std::memchr(text_.data() + i, quote, size() - i);
      i = found == nullptr ? size() : static_cast<std::uint32_t>(static_cast<const char*>(found) - text_.data());
    }
    if (i >= size() || text_[i] != quote) return 0;
    if (at(i + 1) != quote) return i + 1;
    i += 2;
  }
}

/// Whether a string goes on in quotes on a further line ("String Constants" of the manual): the position is there then.
bool Lexer::string_continues() {
  std::uint32_t i = position_;
  bool newline = false;
  const std::size_t comments_before = comments.size();
  while (i < size()) {
    if (is(text_[i], kBlank)) {
      newline = newline || text_[i] == '\n' || text_[i] == '\r';
      ++i;
    } else if (text_[i] == '-' && at(i + 1) == '-') {
      const std::uint32_t begin = i;
      i = end_of_line(i);
      comments.push_back({begin, i});
    } else {
      break;
    }
  }
  if (newline && at(i) == '\'') {
    position_ = i;
    return true;
  }
  comments.resize(comments_before);
  return false;
}

bool Lexer::dollar(Token& token) {
  if (is(at(position_ + 1), kDigit)) {
    token.kind = TokenKind::parameter;
    ++position_;
    while (is(at(position_), kWordPart)) ++position_;
    return true;
  }
  std::uint32_t i = position_ + 1;
  while (is(at(i), kWordPart) && at(i) != '$') ++i;
  if (at(i) != '$') return false;
  const std::string_view tag = text_.substr(position_, i + 1 - position_);
  token.kind = TokenKind::dollar;
  const std::size_t close = lost_scans_ > kLostScanBudget ? std::string_view::npos : text_.find(tag, i + 1);
  if (close == std::string_view::npos) {
    lost_scans_ += size() - token.begin;
    unterminated(token);
    return true;
  }
  position_ = static_cast<std::uint32_t>(close + tag.size());
  return true;
}

void Lexer::number(Token& token) {
  token.kind = TokenKind::number;
  const auto digits = [&] {
    while (is(at(position_), kDigit) || at(position_) == '_') ++position_;
  };
  digits();
  if (at(position_) == '.' && at(position_ + 1) != '.') {
    ++position_;
    digits();
  }
  const char sign = at(position_ + 1);
  if ((at(position_) | 0x20) == 'e' && (is(sign, kDigit) || ((sign == '+' || sign == '-') && is(at(position_ + 2), kDigit)))) {
    position_ += 2;
    digits();
  }
  while (is(at(position_), kWordPart)) ++position_;  // 0x1F; junk behind a number is the parser's to complain of
}

/// The longest run of operator characters, but comments end it, and + or - does where nothing unusual stands before ("Operators").
void Lexer::op(Token& token) {
  token.kind = TokenKind::op;
  const std::uint32_t begin = position_;
  std::uint32_t end = begin;
  bool unusual = false;
  while (end < size() && is(text_[end], kOperator)) {
    if (end > begin && ((text_[end] == '-' && at(end + 1) == '-') || (text_[end] == '/' && at(end + 1) == '*'))) break;
    unusual = unusual || std::strchr("~!@#^&|`?%", text_[end]) != nullptr;
    ++end;
  }
  while (!unusual && end > begin + 1 && (text_[end - 1] == '+' || text_[end - 1] == '-')) --end;
  position_ = end;
}

}  // namespace whimbrel::sql
