// Reads whimbrel.toml, or [tool.whimbrel] of a pyproject.toml: every key checked, every mistake with its line.
#include "whimbrel/engine/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "toml.h"
#include "whimbrel/base/text.h"
#include "whimbrel/facts/session.h"
#include "config_values.h"
#include "read_conventions.h"
#include "words.h"

namespace whimbrel::engine {

namespace {

constexpr std::array<std::string_view, 4> kFailOn{"error", "warning", "info", "never"};
constexpr std::array<std::string_view, 5> kModes{"auto", "single", "per-migration", "implicit", "none"};
constexpr std::array<std::string_view, 3> kSeverities{"error", "warning", "info"};
constexpr std::array<std::string_view, 2> kDialects{"postgresql", "sqlite"};
constexpr int kOldestServer = 10;
constexpr int kNewestServer = 19;

/// Reads one table of settings into a Config; the first mistake wins.
class Reader : private ConfigValues {
 public:
  Reader(Config& config, std::string_view where) : ConfigValues(where), config_(config) {}

  std::optional<Error> read(const toml::table& settings) {
    for (const auto& [key, node] : settings) {
      read_key(key.str(), key, node);
      if (failed()) break;
    }
    return take_mistake();
  }

 private:
  using Take = void (Reader::*)(const toml::node&, std::string_view);
  struct Key {
    std::string_view name;
    Take take;
  };

  static constexpr auto keys();

  void read_key(std::string_view name, const toml::key& key, const toml::node& node);

  std::vector<std::string> selectors(const toml::node& node, std::string_view key) {
    return list(node, key, [this](const toml::node& element, const std::string& value) {
      if (const auto complaint = unknown_selector(value)) complain(element, *complaint);
    });
  }
  std::string duration(const toml::node& node, std::string_view key) {
    std::string value = text(node, key);
    if (!failed() && !facts::parse_duration_ms(value)) {
      complain(node, fmt::format("'{}' is no time as PostgreSQL writes it ('5s', '500ms'): '{}'", key, printable(value)));
    }
    return value;
  }
  void pg_version(const toml::node& node, std::string_view key) {
    const auto* number = node.as_integer();
    if (number == nullptr || number->get() < kOldestServer || number->get() > kNewestServer) {
      complain(node, fmt::format("'{}' must be a number from {} to {}", key, kOldestServer, kNewestServer));
      return;
    }
    config_.pg_version = static_cast<int>(number->get());
  }
  void fail_on(const toml::node& node, std::string_view key) {
    const std::string value = one_of(node, key, kFailOn);
    for (std::size_t i = 0; i < kFailOn.size(); ++i) {
      if (kFailOn[i] == value) config_.fail_on = static_cast<FailOn>(i);
    }
  }
  void select(const toml::node& node, std::string_view key) { config_.select = selectors(node, key); }
  void ignore(const toml::node& node, std::string_view key) { config_.ignore = selectors(node, key); }
  void exclude(const toml::node& node, std::string_view key) { config_.exclude = list(node, key); }
  void start_after(const toml::node& node, std::string_view key) { config_.start_after = text(node, key); }
  void transaction(const toml::node& node, std::string_view key) {
    config_.transaction = parse_transaction_mode(one_of(node, key, kModes));
  }
  void dialects(const toml::node& node, std::string_view key) {
    config_.dialects = list(node, key, [&](const toml::node& element, const std::string& value) { check_known(element, key, value, kDialects); });
  }
  void check_down(const toml::node& node, std::string_view key) { config_.check_down = boolean(node, key); }
  void gitignore(const toml::node& node, std::string_view key) { config_.gitignore = boolean(node, key); }
  void lock_timeout(const toml::node& node, std::string_view key) { config_.lock_timeout = duration(node, key); }
  void statement_timeout(const toml::node& node, std::string_view key) { config_.statement_timeout = duration(node, key); }
  void time_zone(const toml::node& node, std::string_view key) { config_.time_zone = text(node, key); }
  void default_schema(const toml::node& node, std::string_view key) {
    config_.default_schema = text(node, key);
    if (config_.default_schema.empty()) complain(node, fmt::format("'{}' is empty", key));
  }
  void small_tables(const toml::node& node, std::string_view key) { config_.small_tables = list(node, key); }

  void severity(const toml::node& node, std::string_view name) {
    const toml::table* rules = table(node, name);
    if (rules == nullptr) return;
    for (const auto& [key, value] : *rules) {
      const std::optional<RuleId> rule = find_rule(key.str());
      if (!rule) {
        std::vector<std::string_view> known;
        for (const RuleInfo& info : all_rules()) known.push_back(info.name);
        complain(key.source().begin.line, fmt::format("unknown rule '{}'{}", printable(key.str()), did_you_mean(key.str(), known)));
        return;
      }
      if (const auto parsed = parse_severity(one_of(value, key.str(), kSeverities))) config_.severity[*rule] = *parsed;
    }
  }
  void per_file_ignores(const toml::node& node, std::string_view name) {
    const toml::table* patterns = table(node, name);
    if (patterns == nullptr) return;
    for (const auto& [key, value] : *patterns) config_.per_file_ignores.emplace_back(key.str(), selectors(value, key.str()));
  }
  void rules(const toml::node& node, std::string_view name) {
    if (const toml::table* groups = table(node, name)) read_conventions(*this, *groups, config_.conventions);
  }

  Config& config_;
};

constexpr auto Reader::keys() {
  return std::array{
      Key{"pg_version", &Reader::pg_version},
      Key{"fail_on", &Reader::fail_on},
      Key{"select", &Reader::select},
      Key{"ignore", &Reader::ignore},
      Key{"exclude", &Reader::exclude},
      Key{"start_after", &Reader::start_after},
      Key{"transaction", &Reader::transaction},
      Key{"dialects", &Reader::dialects},
      Key{"check_down", &Reader::check_down},
      Key{"gitignore", &Reader::gitignore},
      Key{"lock_timeout", &Reader::lock_timeout},
      Key{"statement_timeout", &Reader::statement_timeout},
      Key{"time_zone", &Reader::time_zone},
      Key{"default_schema", &Reader::default_schema},
      Key{"small_tables", &Reader::small_tables},
      Key{"severity", &Reader::severity},
      Key{"per_file_ignores", &Reader::per_file_ignores},
      Key{"rules", &Reader::rules},
  };
}

void Reader::read_key(std::string_view name, const toml::key& key, const toml::node& node) {
  static constexpr auto kKeys = keys();
  for (const Key& known : kKeys) {
    if (known.name == name) return (this->*known.take)(node, name);
  }
  std::vector<std::string_view> names;
  for (const Key& known : kKeys) names.push_back(known.name);
  complain(key.source().begin.line, fmt::format("unknown key '{}'{}", printable(name), did_you_mean(name, names)));
}

}  // namespace

Result<Config> read_config(const std::string& path, std::string_view text) {
  if (text.size() > kLargestConfig) return fail(fmt::format("{}: larger than {} bytes, so it is no configuration", printable(path), kLargestConfig));
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return fail(fmt::format("{}:{}: {}", printable(path), parsed.error().source().begin.line, printable(parsed.error().description())));
  }
  Config config;
  config.path = path;
  const std::size_t slash = path.rfind('/');
  config.root = slash == std::string::npos ? "" : path.substr(0, std::max<std::size_t>(slash, 1));
  const toml::table* settings = &parsed.table();
  if (path.ends_with("pyproject.toml")) {
    settings = parsed["tool"]["whimbrel"].as_table();
    if (!parsed["tool"]["whimbrel"]) return Config{};
    if (settings == nullptr) return fail(fmt::format("{}: 'tool.whimbrel' must be a table", printable(path)));
  }
  if (auto mistake = Reader(config, path).read(*settings)) return std::unexpected(*std::move(mistake));
  return config;
}

std::optional<ir::TransactionMode> parse_transaction_mode(std::string_view name) {
  if (name == "single") return ir::TransactionMode::single;
  if (name == "per-migration") return ir::TransactionMode::per_migration;
  if (name == "implicit") return ir::TransactionMode::implicit;
  if (name == "none") return ir::TransactionMode::none;
  return std::nullopt;
}

}  // namespace whimbrel::engine
