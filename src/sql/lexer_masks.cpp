// What stands in SQL files and is no SQL: psql's variables and backslash commands, templates, bound parameters.
#include <array>

#include "lexer.h"

namespace whimbrel::sql {
namespace {

/// No template is longer than this: a lone `{{` costs no search through the file.
constexpr std::uint32_t kLongestTemplate = 4096;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_newline(char c) { return c == '\n' || c == '\r'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

/// Whether a template steers (if, end, for …) instead of writing a value.
bool is_control(std::string_view text) {
  if (text.starts_with("{%") || text.starts_with("{#")) return true;
  if (text.starts_with("<%")) return !text.starts_with("<%=");
  if (!text.starts_with("{{")) return false;
  std::size_t begin = text.find_first_not_of(" \t\r\n-", 2);
  if (begin == std::string_view::npos) return true;
  if (text.substr(begin, 2) == "/*" || text[begin] == '#' || text[begin] == '/' || text[begin] == '^' || text[begin] == '!') return true;
  std::size_t end = begin;
  while (end < text.size() && is_name_part(text[end])) ++end;
  static constexpr std::array<std::string_view, 10> kWords = {"if", "else", "end", "range", "with", "define", "block", "break", "continue", "unless"};
  for (const std::string_view word : kWords) {
    if (text.substr(begin, end - begin) == word) return true;
  }
  return text.find(":=") != std::string_view::npos;
}

}  // namespace

/// Behind the template that begins at the position; 0 where none does.
std::uint32_t Lexer::template_end(std::uint32_t position) const {
  const std::string_view rest = text_.substr(position, kLongestTemplate);
  std::string_view close;
  if (rest.starts_with("${")) {
    close = "}";
  } else if (rest.starts_with("{{")) {
    close = "}}";
  } else if (rest.starts_with("{%")) {
    close = "%}";
  } else if (rest.starts_with("{#")) {
    close = "#}";
  } else if (rest.starts_with("<%")) {
    close = "%>";
  } else {
    return 0;
  }
  const std::size_t found = rest.find(close, 2);
  if (found == std::string_view::npos) return 0;
  const bool one_line = close == "}" || close == "%>";
  if (one_line && rest.substr(0, found).find_first_of("\r\n") != std::string_view::npos) return 0;
  return position + static_cast<std::uint32_t>(found + close.size());
}

bool Lexer::has_own_line(std::uint32_t begin, std::uint32_t end) const {
  while (begin > 0 && is_blank(text_[begin - 1])) --begin;
  while (end < size() && (is_blank(text_[end]) || text_[end] == ';')) ++end;
  return (begin == 0 || is_newline(text_[begin - 1])) && (end >= size() || is_newline(text_[end]));
}

void Lexer::add_template(std::uint32_t end) {
  const std::string_view text = text_.substr(position_, end - position_);
  const Mask::Kind kind = is_control(text) ? Mask::Kind::control_template : Mask::Kind::value_template;
  masks.push_back({position_, end, kind, has_own_line(position_, end)});
  position_ = end;
}

/// `:name`, `:'name'`, `:"name"`, `:{?name}`. Not a cast, an assignment, an array slice or a JSON pair.
bool Lexer::variable(Token& token) {
  if (!options_.psql && !options_.placeholders) return false;
  if (brackets_ > 0 || (operand_ && previous_end_ == token.begin)) return false;
  const char c = at(position_ + 1);
  std::uint32_t end = position_ + 2;
  if (is_name_start(c)) {
    while (is_name_part(at(end))) ++end;
    token.kind = TokenKind::word;
    masks.push_back({position_, end, Mask::Kind::variable, false});
  } else if (options_.psql && (c == '\'' || c == '"') && is_name_start(at(end))) {
    while (is_name_part(at(end))) ++end;
    if (at(end) != c) return false;
    ++end;
    token.kind = c == '"' ? TokenKind::quoted : TokenKind::string;
    masks.push_back({position_, end, Mask::Kind::quoted_variable, false});
  } else if (options_.psql && c == '{' && at(end) == '?') {
    while (end < size() && text_[end] != '}' && !is_newline(text_[end])) ++end;
    if (at(end) != '}') return false;
    ++end;
    token.kind = TokenKind::word;
    masks.push_back({position_, end, Mask::Kind::variable, false});
  } else {
    return false;
  }
  token.masked = true;
  position_ = end;
  return true;
}

/// `%(name)s`, `%s`, and `?` where an operand has to come.
bool Lexer::placeholder(Token& token) {
  std::uint32_t end = position_;
  if (at(end) == '%' && at(end + 1) == 's' && !is_name_part(at(end + 2)) && !(operand_ && previous_end_ == end)) {
    end += 2;
  } else if (at(end) == '%' && at(end + 1) == '(') {
    end += 2;
    while (is_name_part(at(end))) ++end;
    if (at(end) != ')' || at(end + 1) != 's') return false;
    end += 2;
  } else if (at(end) == '?' && !operand_ && at(end + 1) != '|' && at(end + 1) != '&') {
    ++end;
  } else {
    return false;
  }
  masks.push_back({position_, end, Mask::Kind::variable, false});
  token.kind = TokenKind::word;
  token.masked = true;
  position_ = end;
  return true;
}

/// Up to the end of the line; `\;` is two bytes.
void Lexer::meta(Token& token) {
  token.kind = TokenKind::meta;
  position_ = at(position_ + 1) == ';' ? position_ + 2 : end_of_line(position_);
}

}  // namespace whimbrel::sql
