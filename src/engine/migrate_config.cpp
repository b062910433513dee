// Configuration of squawk, pgfence and pg-migration-lint in whimbrel's words; what has none is noted with its line.
#include "whimbrel/engine/migrate_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "foreign_rules.h"
#include "foreign_settings.h"
#include "whimbrel/base/text.h"

namespace whimbrel::engine {
namespace {

/// What is written to whimbrel.toml.
struct Ours {
  std::optional<std::int64_t> pg_version;
  std::string fail_on;
  std::string default_schema;
  std::string transaction;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::string> exclude;
};

class Translator {
 public:
  Translator(std::string_view tool, Translation& result) : tool_(tool), result_(result) {}

  void take(const ForeignSetting& setting);
  [[nodiscard]] std::string text(std::string_view path) const;

 private:
  using Take = void (Translator::*)(const ForeignSetting&);
  struct Key {
    std::string_view tool;
    std::string_view name;
    Take take;
  };
  static const std::array<Key, 15> kKeys;

  void note(const ForeignSetting& setting, std::string sentence) { result_.notes.push_back({setting.line, fmt::format("'{}': {}", printable(setting.key), sentence)}); }
  template <class T>
  const T* wanted(const ForeignSetting& setting, std::string_view what) {
    const T* value = std::get_if<T>(&setting.value);
    if (value == nullptr) note(setting, fmt::format("is not {}, and was left out", what));
    return value;
  }
  void add_rules(const ForeignSetting& setting, std::vector<std::string>& list);

  void exclude(const ForeignSetting& setting);
  void ignore(const ForeignSetting& setting) { add_rules(setting, ours_.ignore); }
  void select_besides(const ForeignSetting& setting);
  void select_only(const ForeignSetting& setting) { add_rules(setting, ours_.select); }
  void version(const ForeignSetting& setting);
  void schema(const ForeignSetting& setting);
  void in_transaction(const ForeignSetting& setting);
  void assume_in_transaction(const ForeignSetting& setting);
  void max_risk(const ForeignSetting& setting);
  void fail_on(const ForeignSetting& setting);
  void timeout_rule(const ForeignSetting& setting);

  std::string_view tool_;
  Translation& result_;
  Ours ours_;
};

const std::array<Translator::Key, 15> Translator::kKeys{{
    {"squawk", "excluded_paths", &Translator::exclude},
    {"squawk", "excluded_rules", &Translator::ignore},
    {"squawk", "included_rules", &Translator::select_besides},
    {"squawk", "pg_version", &Translator::version},
    {"squawk", "assume_in_transaction", &Translator::assume_in_transaction},
    {"pgfence", "disable-rules", &Translator::ignore},
    {"pgfence", "enable-rules", &Translator::select_only},
    {"pgfence", "min-pg-version", &Translator::version},
    {"pgfence", "max-risk", &Translator::max_risk},
    {"pgfence", "require-lock-timeout", &Translator::timeout_rule},
    {"pg-migration-lint", "migrations.exclude", &Translator::exclude},
    {"pg-migration-lint", "migrations.default_schema", &Translator::schema},
    {"pg-migration-lint", "migrations.run_in_transaction", &Translator::in_transaction},
    {"pg-migration-lint", "rules.disabled", &Translator::ignore},
    {"pg-migration-lint", "cli.fail_on", &Translator::fail_on},
}};

void Translator::take(const ForeignSetting& setting) {
  const auto known = std::ranges::find_if(kKeys, [&](const Key& key) { return key.tool == tool_ && key.name == setting.key; });
  if (known != kKeys.end()) {
    (this->*known->take)(setting);
  } else {
    note(setting, "has no counterpart");
  }
}

void Translator::add_rules(const ForeignSetting& setting, std::vector<std::string>& list) {
  const auto* names = wanted<std::vector<std::string>>(setting, "a list of names");
  if (names == nullptr) return;
  for (const std::string& name : *names) {
    const std::vector<std::string> rules = rules_called(tool_, name);
    if (rules.empty()) note(setting, no_counterpart(tool_, name));
    for (const std::string& rule : rules) {
      if (std::ranges::find(list, rule) == list.end()) list.push_back(rule);
    }
  }
}

void Translator::exclude(const ForeignSetting& setting) {
  if (const auto* patterns = wanted<std::vector<std::string>>(setting, "a list of patterns")) ours_.exclude = *patterns;
}

void Translator::select_besides(const ForeignSetting& setting) {
  ours_.select = {"default"};
  add_rules(setting, ours_.select);
}

void Translator::version(const ForeignSetting& setting) {
  std::int64_t major = 0;
  if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
    major = *number;
  } else if (const auto* text = wanted<std::string>(setting, "a version")) {
    const auto read = std::from_chars(text->data(), text->data() + text->size(), major);
    if (read.ec != std::errc()) major = 0;
  } else {
    return;
  }
  if (major >= 10 && major <= 19) {
    ours_.pg_version = major;
  } else {
    note(setting, "is not a major version from 10 to 19");
  }
}

void Translator::schema(const ForeignSetting& setting) {
  if (const auto* name = wanted<std::string>(setting, "a name")) ours_.default_schema = *name;
}

void Translator::in_transaction(const ForeignSetting& setting) {
  if (const auto* is = wanted<bool>(setting, "true or false")) ours_.transaction = *is ? "per-migration" : "none";
}

/// Without it squawk goes by what the file says, as whimbrel does by itself.
void Translator::assume_in_transaction(const ForeignSetting& setting) {
  if (const auto* is = wanted<bool>(setting, "true or false"); is != nullptr && *is) ours_.transaction = "per-migration";
}

/// pgfence fails above the risk that it allows.
void Translator::max_risk(const ForeignSetting& setting) {
  const auto* risk = wanted<std::string>(setting, "a risk");
  if (risk == nullptr) return;
  const std::string name = to_lower(*risk);
  ours_.fail_on = name == "critical" ? "never" : name == "high" || name == "medium" ? "error" : name == "low" ? "warning" : name == "safe" ? "info" : "";
  note(setting, ours_.fail_on.empty() ? "is no risk that is known here" : fmt::format("severities are fewer than risks: fail_on = \"{}\" comes nearest", ours_.fail_on));
}

void Translator::fail_on(const ForeignSetting& setting) {
  const auto* severity = wanted<std::string>(setting, "a severity");
  if (severity == nullptr) return;
  const std::string name = to_lower(*severity);
  ours_.fail_on = name == "blocker" || name == "critical" ? "error" : name == "major" ? "warning" : name == "minor" || name == "info" ? "info" : name == "none" ? "never" : "";
  if (ours_.fail_on.empty()) note(setting, "is no severity that is known here");
}

void Translator::timeout_rule(const ForeignSetting& setting) {
  const auto* is = wanted<bool>(setting, "true or false");
  if (is == nullptr || *is) return;   // on by default here too
  for (const std::string& rule : rules_called(tool_, "missing-lock-timeout")) ours_.ignore.push_back(rule);
}

/// A TOML string.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string list(std::string_view key, const std::vector<std::string>& items) {
  if (items.empty()) return "";
  std::string text = fmt::format("{} = [\n", key);
  for (const std::string& item : items) text += fmt::format("    {},\n", quoted(item));
  return text + "]\n";
}

std::string Translator::text(std::string_view path) const {
  std::string text = fmt::format("# From {}\n", printable(path));
  for (const TranslationNote& note : result_.notes) text += fmt::format("# line {}: {}\n", note.line, printable(note.sentence));
  if (ours_.pg_version) text += fmt::format("pg_version = {}\n", *ours_.pg_version);
  for (const auto& [key, value] : {std::pair{"fail_on", &ours_.fail_on}, {"default_schema", &ours_.default_schema}, {"transaction", &ours_.transaction}}) {
    if (!value->empty()) text += fmt::format("{} = {}\n", key, quoted(*value));
  }
  return text + list("select", ours_.select) + list("ignore", ours_.ignore) + list("exclude", ours_.exclude);
}

/// Which linter reads a file of that name; empty: none that is known here.
std::string_view tool_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name == ".squawk.toml") return "squawk";
  if (name == ".pgfence.toml" || name == ".pgfence.json") return "pgfence";
  if (name == "pg-migration-lint.toml") return "pg-migration-lint";
  return "";
}

}  // namespace

bool is_foreign_config(std::string_view path) { return !tool_of(path).empty(); }

Result<Translation> translate_config(const std::string& path, std::string_view text) {
  const Result<std::vector<ForeignSetting>> settings = read_foreign_settings(path, text);
  if (!settings) return std::unexpected(settings.error());
  Translation result;
  Translator translator(tool_of(path), result);
  for (const ForeignSetting& setting : *settings) translator.take(setting);
  result.text = translator.text(path);
  return result;
}

}  // namespace whimbrel::engine
