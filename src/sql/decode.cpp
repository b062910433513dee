// String constants decoded ("String Constants" of the manual), each escape one segment.
#include "decode.h"

namespace whimbrel::sql {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
int hex(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6U));
    put(0x80 | (code & 0x3fU));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12U));
    put(0x80 | ((code >> 6U) & 0x3fU));
    put(0x80 | (code & 0x3fU));
  } else {
    put(0xf0 | ((code >> 18U) & 0x07U));
    put(0x80 | ((code >> 12U) & 0x3fU));
    put(0x80 | ((code >> 6U) & 0x3fU));
    put(0x80 | (code & 0x3fU));
  }
}

/// The escape at a backslash: its decoded bytes, and its length in the source.
std::size_t unescape(std::string_view rest, std::string& out) {
  if (rest.size() < 2) {
    out += '\\';
    return 1;
  }
  const char c = rest[1];
  const auto digits = [&](std::size_t from, std::size_t most, auto&& accepts, std::uint32_t base, std::uint32_t& value) {
    std::size_t i = from;
    for (; i < rest.size() && i < from + most && accepts(rest[i]); ++i) value = value * base + static_cast<std::uint32_t>(hex(rest[i]));
    return i;
  };
  std::uint32_t value = 0;
  switch (c) {
    case 'b': out += '\b'; return 2;
    case 'f': out += '\f'; return 2;
    case 'n': out += '\n'; return 2;
    case 'r': out += '\r'; return 2;
    case 't': out += '\t'; return 2;
    case 'x': {
      const std::size_t end = digits(2, 2, is_hex, 16, value);
      if (end == 2) break;
      out += static_cast<char>(value);
      return end;
    }
    case 'u':
    case 'U': {
      const std::size_t end = digits(2, c == 'u' ? 4 : 8, is_hex, 16, value);
      append_utf8(out, value);
      return end;
    }
    default:
      if (c >= '0' && c <= '7') {
        const std::size_t end = digits(1, 3, [](char d) { return d >= '0' && d <= '7'; }, 8, value);
        out += static_cast<char>(value);
        return end;
      }
  }
  out += c;
  return 2;
}

}  // namespace

void TextBuilder::append(const HostText& piece) {
  const auto size = static_cast<std::uint32_t>(piece.text().size());
  // Byte by byte would lose nothing but speed; runs that map linearly are one segment.
  std::uint32_t begin = 0;
  while (begin < size) {
    const Span first = piece.span(begin, begin + 1);
    std::uint32_t end = begin + 1;
    while (end < size) {
      const Span next = piece.span(end, end + 1);
      if (next.begin != first.begin + (end - begin) || next.end != next.begin + 1 || first.end != first.begin + 1) break;
      ++end;
    }
    segments_.push_back({static_cast<std::uint32_t>(text_.size()), first.begin, first.end + (end - begin - 1), first.end == first.begin + 1});
    text_ += piece.text().substr(begin, end - begin);
    begin = end;
  }
}

void TextBuilder::append(std::string_view bytes, Span origin) {
  if (bytes.empty()) return;
  segments_.push_back({static_cast<std::uint32_t>(text_.size()), origin.begin, origin.end, false});
  text_ += bytes;
}

DecodedText TextBuilder::take() {
  DecodedText decoded;
  decoded.owned = std::make_shared<const std::string>(std::move(text_));
  decoded.host = HostText::decoded(*decoded.owned, file_, std::move(segments_));
  return decoded;
}

DecodedText decode_string(const HostText& host, const Token& token) {
  const std::string_view source = host.text().substr(token.begin, token.size());
  if (token.kind == TokenKind::dollar) {
    const auto tag = static_cast<std::uint32_t>(source.find('$', 1) + 1);
    return {nullptr, host.part(token.begin + tag, token.end - tag)};
  }
  const bool escapes = !source.empty() && (source[0] == 'e' || source[0] == 'E');
  const std::size_t open = source.find('\'');
  if (open == std::string_view::npos || source.size() < open + 2) return {};
  const bool plain = source.find('\'', open + 1) == source.size() - 1 && (!escapes || source.find('\\') == std::string_view::npos);
  if (plain) return {nullptr, host.part(token.begin + static_cast<std::uint32_t>(open) + 1, token.end - 1)};
  TextBuilder builder(host.file());
  const auto at = [&](std::size_t i) { return token.begin + static_cast<std::uint32_t>(i); };
  std::size_t run = open + 1;
  const auto flush = [&](std::size_t end) {
    if (end > run) builder.append(host.part(at(run), at(end)));
  };
  for (std::size_t i = run; i < source.size();) {
    if (source[i] == '\'' && i + 1 < source.size() && source[i + 1] == '\'') {
      flush(i);
      builder.append("'", host.span(at(i), at(i + 2)));
      run = i += 2;
    } else if (source[i] == '\'') {  // the end, or a continuation on a further line
      flush(i);
      const std::size_t next = source.find('\'', i + 1);
      if (next == std::string_view::npos) break;
      run = i = next + 1;
    } else if (escapes && source[i] == '\\') {
      flush(i);
      std::string bytes;
      const std::size_t length = unescape(source.substr(i), bytes);
      builder.append(bytes, host.span(at(i), at(i + length)));
      run = i += length;
    } else {
      ++i;
    }
  }
  return builder.take();
}

}  // namespace whimbrel::sql
