// Values of a configuration in TOML: each kind is taken or complained about, with its line; the first mistake wins.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toml.h"
#include "whimbrel/base/result.h"

namespace whimbrel::engine {

class ConfigValues {
 public:
  /// `where`: the file, for messages.
  explicit ConfigValues(std::string_view where) : where_(where) {}

  [[nodiscard]] bool failed() const { return mistake_.has_value(); }
  [[nodiscard]] std::optional<Error> take_mistake() { return std::exchange(mistake_, std::nullopt); }

  void complain(const toml::node& node, const std::string& message) { complain(node.source().begin.line, message); }
  void complain(toml::source_index line, const std::string& message);
  /// "unknown key 'x', did you mean 'y'?"; `prefix` stands before the key as written.
  void complain_of_key(const toml::key& key, std::span<const std::string_view> known, std::string_view prefix = "");

  // Each complains and returns nothing (empty, false, null) where the value is of another kind.
  std::string text(const toml::node& node, std::string_view key);
  /// A text that says something.
  std::string some_text(const toml::node& node, std::string_view key);
  bool boolean(const toml::node& node, std::string_view key);
  std::optional<std::int64_t> positive(const toml::node& node, std::string_view key);
  std::vector<std::string> list(const toml::node& node, std::string_view key, const std::function<void(const toml::node&, const std::string&)>& check = {});
  /// A text out of a fixed set.
  std::string one_of(const toml::node& node, std::string_view key, std::span<const std::string_view> known);
  void check_known(const toml::node& node, std::string_view key, const std::string& value, std::span<const std::string_view> known);
  const toml::table* table(const toml::node& node, std::string_view key);

 private:
  std::string where_;
  std::optional<Error> mistake_;
};

}  // namespace whimbrel::engine
