// A configuration file of another linter as a list of settings with their lines, whether it is TOML or JSON.
#include "foreign_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "toml.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {
namespace {

using Value = decltype(ForeignSetting::value);
constexpr int kDeepest = 4;   ///< tables inside of tables

Value value_of(const toml::node& node) {
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* text = node.as_string()) return text->get();
  const auto* array = node.as_array();
  if (array == nullptr) return {};
  std::vector<std::string> list;
  for (const toml::node& item : *array) {
    const auto* text = item.as_string();
    if (text == nullptr) return {};
    list.push_back(text->get());
  }
  return list;
}

void flatten(const toml::table& table, const std::string& prefix, int depth, std::vector<ForeignSetting>& settings) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const auto* inner = node.as_table(); inner != nullptr && depth < kDeepest) {
      flatten(*inner, name + ".", depth + 1, settings);
    } else {
      settings.push_back({name, key.source().begin.line, value_of(node)});
    }
  }
}

Value value_of(const nlohmann::ordered_json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_array()) return {};
  std::vector<std::string> list;
  for (const auto& item : json) {
    if (!item.is_string()) return {};
    list.push_back(item.get<std::string>());
  }
  return list;
}

/// The line on which the key stands first; JSON's reader does not say.
std::uint32_t line_of(std::string_view text, const std::string& key) {
  const std::size_t at = std::min(text.find('"' + key + '"'), text.size());
  return static_cast<std::uint32_t>(1 + std::ranges::count(text.substr(0, at), '\n'));
}

Result<std::vector<ForeignSetting>> read_json(const std::string& path, std::string_view text) {
  const auto document = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!document.is_object()) return fail(fmt::format("{}: not a JSON object", printable(path)));
  std::vector<ForeignSetting> settings;
  for (const auto& [key, value] : document.items()) settings.push_back({key, line_of(text, key), value_of(value)});
  return settings;
}

}  // namespace

Result<std::vector<ForeignSetting>> read_foreign_settings(const std::string& path, std::string_view text) {
  if (path.ends_with(".json")) return read_json(path, text);
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return fail(fmt::format("{}:{}: {}", printable(path), parsed.error().source().begin.line, printable(parsed.error().description())));
  std::vector<ForeignSetting> settings;
  flatten(parsed.table(), "", 0, settings);
  std::ranges::stable_sort(settings, {}, &ForeignSetting::line);
  return settings;
}

}  // namespace whimbrel::engine
