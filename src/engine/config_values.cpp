// Values of a configuration in TOML, and the sentences about those that are of another kind.
#include "config_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/base/text.h"
#include "words.h"

namespace whimbrel::engine {

void ConfigValues::complain(toml::source_index line, const std::string& message) {
  if (!mistake_) mistake_ = Error{fmt::format("{}:{}: {}", printable(where_), line, message)};
}

void ConfigValues::complain_of_key(const toml::key& key, std::span<const std::string_view> known, std::string_view prefix) {
  complain(key.source().begin.line, fmt::format("unknown key '{}{}'{}", prefix, printable(key.str()), did_you_mean(key.str(), known)));
}

std::string ConfigValues::text(const toml::node& node, std::string_view key) {
  if (const auto* value = node.as_string()) return value->get();
  complain(node, fmt::format("'{}' must be a string", printable(key)));
  return {};
}

std::string ConfigValues::some_text(const toml::node& node, std::string_view key) {
  std::string value = text(node, key);
  if (value.empty()) complain(node, fmt::format("'{}' is empty", printable(key)));
  return value;
}

bool ConfigValues::boolean(const toml::node& node, std::string_view key) {
  if (const auto* value = node.as_boolean()) return value->get();
  complain(node, fmt::format("'{}' must be true or false", printable(key)));
  return false;
}

std::optional<std::int64_t> ConfigValues::positive(const toml::node& node, std::string_view key) {
  const auto* number = node.as_integer();
  if (number != nullptr && number->get() > 0) return number->get();
  complain(node, fmt::format("'{}' must be a number above 0", printable(key)));
  return std::nullopt;
}

std::vector<std::string> ConfigValues::list(const toml::node& node, std::string_view key,
                                            const std::function<void(const toml::node&, const std::string&)>& check) {
  std::vector<std::string> values;
  const auto* array = node.as_array();
  if (array == nullptr) {
    complain(node, fmt::format("'{}' must be a list of strings", printable(key)));
    return values;
  }
  for (const toml::node& element : *array) {
    const auto* value = element.as_string();
    if (value == nullptr) {
      complain(element, fmt::format("'{}' must be a list of strings", printable(key)));
      return values;
    }
    values.push_back(value->get());
    if (check) check(element, values.back());
  }
  return values;
}

std::string ConfigValues::one_of(const toml::node& node, std::string_view key, std::span<const std::string_view> known) {
  std::string value = text(node, key);
  if (!failed()) check_known(node, key, value, known);
  return value;
}

void ConfigValues::check_known(const toml::node& node, std::string_view key, const std::string& value, std::span<const std::string_view> known) {
  if (std::ranges::find(known, value) != known.end()) return;
  const std::string hint = did_you_mean(value, known);
  complain(node, fmt::format("'{}' cannot be '{}'{}", printable(key), printable(value),
                             hint.empty() ? fmt::format(", only {}", fmt::join(known, ", ")) : hint));
}

const toml::table* ConfigValues::table(const toml::node& node, std::string_view key) {
  const auto* found = node.as_table();
  if (found == nullptr) complain(node, fmt::format("'{}' must be a table", printable(key)));
  return found;
}

}  // namespace whimbrel::engine
