// Python string literals to their values, every byte with its origin.
// Language reference, 2.4.1 "String and Bytes literals".
#include <algorithm>
#include <cstddef>

#include "whimbrel/python/text.h"

namespace whimbrel::python {

namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = 0xFFFD;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// Decodes the bytes between a literal's quotes (or between two interpolations of it).
class Decoder {
 public:
  Decoder(std::string_view source, std::uint32_t offset, bool raw, bool formatted, Text& out)
      : source_(source), offset_(offset), raw_(raw), formatted_(formatted), out_(out) {}

  void run() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '\\' && !raw_) {
        escape();
      } else if (c == '\r') {  // Python reads every line end as \n
        const std::size_t length = at_ + 1 < source_.size() && source_[at_ + 1] == '\n' ? 2 : 1;
        replace(length, "\n");
      } else if (formatted_ && (c == '{' || c == '}') && at_ + 1 < source_.size() && source_[at_ + 1] == c) {
        replace(2, std::string_view(&c, 1));
      } else {
        copy();
      }
    }
  }

 private:
  void copy() {
    std::size_t end = at_ + 1;
    while (end < source_.size()) {
      const char c = source_[end];
      if ((c == '\\' && !raw_) || c == '\r' || (formatted_ && (c == '{' || c == '}'))) break;
      ++end;
    }
    segment(true, end - at_);
    out_.value.append(source_.substr(at_, end - at_));
    at_ = end;
  }

  /// `length` bytes of the source stand for `text`.
  void replace(std::size_t length, std::string_view text) {
    if (!text.empty()) segment(false, length);
    out_.value.append(text);
    at_ += length;
  }

  void segment(bool linear, std::size_t length) {
    const auto begin = offset_ + static_cast<std::uint32_t>(at_);
    out_.segments.push_back({.text_begin = static_cast<std::uint32_t>(out_.value.size()),
                             .file_begin = begin,
                             .file_end = begin + static_cast<std::uint32_t>(length),
                             .linear = linear});
  }

  void character(std::size_t length, std::uint32_t code) {
    std::string text;
    append_utf8(text, code);
    replace(length, text);
  }

  void hexadecimal(std::size_t digits) {
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = at_ + 2 + i < source_.size() ? hex_digit(source_[at_ + 2 + i]) : -1;
      if (digit < 0) return replace(2, source_.substr(at_, 2));  // not an escape after all: an error in Python
      code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    character(2 + digits, code);
  }

  void octal() {
    std::uint32_t code = 0;
    std::size_t length = 1;
    while (length < 4 && at_ + length < source_.size() && is_octal(source_[at_ + length])) {
      code = code * 8 + static_cast<std::uint32_t>(source_[at_ + length] - '0');
      ++length;
    }
    character(length, code);
  }

  void named() {
    const std::size_t close = source_.find('}', at_);
    if (at_ + 2 >= source_.size() || source_[at_ + 2] != '{' || close == std::string_view::npos) return replace(2, source_.substr(at_, 2));
    character(close + 1 - at_, 0xFFFD);
  }

  void escape() {
    if (at_ + 1 >= source_.size()) return copy_one();
    switch (source_[at_ + 1]) {
      case '\n': return replace(2, "");
      case '\r': return replace(at_ + 2 < source_.size() && source_[at_ + 2] == '\n' ? 3 : 2, "");
      case '\\': return replace(2, "\\");
      case '\'': return replace(2, "'");
      case '"': return replace(2, "\"");
      case 'a': return replace(2, "\a");
      case 'b': return replace(2, "\b");
      case 'f': return replace(2, "\f");
      case 'n': return replace(2, "\n");
      case 'r': return replace(2, "\r");
      case 't': return replace(2, "\t");
      case 'v': return replace(2, "\v");
      case 'x': return hexadecimal(2);
      case 'u': return hexadecimal(4);
      case 'U': return hexadecimal(8);
      case 'N': return named();
      default: break;
    }
    if (is_octal(source_[at_ + 1])) return octal();
    copy_one();  // an unknown escape stays as it is
  }

  void copy_one() {
    segment(true, 1);
    out_.value += source_[at_++];
  }

  std::string_view source_;
  std::uint32_t offset_;
  bool raw_;
  bool formatted_;
  Text& out_;
  std::size_t at_ = 0;
};

struct Quotes {
  std::string prefix;      // lower case
  std::size_t begin = 0;   // of the content, in the literal
  std::size_t end = 0;
};

Quotes quotes_of(std::string_view literal) {
  Quotes quotes;
  std::size_t at = 0;
  while (at < literal.size() && literal[at] != '\'' && literal[at] != '"') {
    quotes.prefix += static_cast<char>(literal[at] | 0x20);
    ++at;
  }
  if (at == literal.size()) return quotes;
  const bool triple = literal.size() - at >= 3 && literal[at + 1] == literal[at] && literal[at + 2] == literal[at];
  const std::size_t width = triple ? 3 : 1;
  quotes.begin = std::min(at + width, literal.size());
  const bool closed = literal.size() >= quotes.begin + width && literal.back() == literal[at];
  quotes.end = closed ? literal.size() - width : literal.size();
  return quotes;
}

void decode_one(Node string, Text& out) {
  const std::string_view literal = string.text();
  const Quotes quotes = quotes_of(literal);
  const bool raw = quotes.prefix.find('r') != std::string::npos;
  const bool formatted = quotes.prefix.find('f') != std::string::npos || quotes.prefix.find('t') != std::string::npos;
  Decoder(literal.substr(quotes.begin, quotes.end - quotes.begin), string.span().begin + static_cast<std::uint32_t>(quotes.begin), raw,
          formatted, out)
      .run();
}

}  // namespace

Text decode(Node string) {
  Text text;
  if (string.kind() == NodeKind::string) {
    decode_one(string, text);
    return text;
  }
  for (const Node part : string.children()) {
    if (part.kind() == NodeKind::string) decode_one(part, text);
  }
  return text;
}

std::vector<Text> decode_pieces(Node string) {
  const Quotes quotes = quotes_of(string.text());
  const bool raw = quotes.prefix.find('r') != std::string::npos;
  const std::uint32_t origin = string.span().begin;
  std::vector<Text> pieces;
  const auto piece = [&](std::size_t begin, std::size_t end) {
    Text& text = pieces.emplace_back();
    Decoder(string.text().substr(begin, end - begin), origin + static_cast<std::uint32_t>(begin), raw, true, text).run();
  };
  std::size_t begin = quotes.begin;
  for (const Node part : string.children()) {
    if (part.kind() != NodeKind::interpolation) continue;
    piece(begin, std::max<std::size_t>(begin, part.span().begin - origin));
    begin = part.span().end - origin;
  }
  piece(begin, std::max(begin, quotes.end));
  return pieces;
}

bool has_interpolations(Node string) {
  for (const Node part : string.children()) {
    if (part.kind() == NodeKind::interpolation) return true;
    if (part.kind() == NodeKind::string) {
      for (const Node inner : part.children()) {
        if (inner.kind() == NodeKind::interpolation) return true;
      }
    }
  }
  return false;
}

bool is_bytes(Node string) {
  const Node first = string.kind() == NodeKind::concatenated_string ? string.first() : string;
  return quotes_of(first.text()).prefix.find('b') != std::string::npos;
}

}  // namespace whimbrel::python
