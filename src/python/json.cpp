// The library writes strings as Python's json module does; what stands between values it writes otherwise.
#include "json.h"

#include <nlohmann/json.hpp>

namespace whimbrel::python {

namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
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
