// Writes JSON as Python's json module does.
#include "json.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

namespace whimbrel::python {

namespace {

/// The code point at `i`, which moves behind it. The text is UTF-8.
std::uint32_t code_point(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(at < text.size() ? text[at] : 0)); };
  const std::uint32_t first = byte(i);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  std::uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) point = (point << 6U) | (byte(i + k) & 0x3FU);
  i += length;
  return point;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t point = code_point(text, i);
    switch (point) {
      case '"': result += "\\\""; break;
      case '\\': result += "\\\\"; break;
      case '\n': result += "\\n"; break;
      case '\r': result += "\\r"; break;
      case '\t': result += "\\t"; break;
      case '\b': result += "\\b"; break;
      case '\f': result += "\\f"; break;
      default:
        if (point >= 0x20 && point < 0x7F) {
          result += static_cast<char>(point);
        } else if (point < 0x10000) {
          result += fmt::format("\\u{:04x}", point);
        } else {
          result += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((point - 0x10000) >> 10U), 0xDC00 + ((point - 0x10000) & 0x3FFU));
        }
    }
  }
  return result + "\"";
}

std::optional<std::string> key_of(const Value& key) {
  if (key.string() != nullptr) return quoted(*key.string());
  if (!key.is_none() && !key.boolean() && !key.integer()) return std::nullopt;
  const auto text = to_json(key);
  return text ? std::optional(quoted(*text)) : std::nullopt;
}

}  // namespace

std::optional<std::string> to_json(const Value& value) {
  if (value.is_none()) return "null";
  if (const auto flag = value.boolean()) return *flag ? "true" : "false";
  if (value.string() != nullptr) return quoted(*value.string());
  if (value.integer() || value.as<double>() != nullptr) return to_text(value);
  if (const auto* sequence = value.as<Sequence>(); sequence != nullptr && sequence->exact && sequence->kind != SequenceKind::set) {
    std::string text = "[";
    for (const Value& item : sequence->items) {
      const auto part = to_json(item);
      if (!part) return std::nullopt;
      if (text.size() > 1) text += ", ";
      text += *part;
    }
    return text + "]";
  }
  if (const auto* dictionary = value.as<Dictionary>(); dictionary != nullptr && dictionary->exact) {
    std::string text = "{";
    for (const auto& [key, item] : dictionary->entries) {
      const auto name = key_of(key);
      const auto part = to_json(item);
      if (!name || !part) return std::nullopt;
      if (text.size() > 1) text += ", ";
      text += *name + ": " + *part;
    }
    return text + "}";
  }
  return std::nullopt;
}

}  // namespace whimbrel::python
