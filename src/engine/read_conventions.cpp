// Reads [rules.naming] and [rules.schema]: every key checked, every pattern compiled, every type known by PostgreSQL's spelling.
#include "read_conventions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "whimbrel/base/text.h"
#include "whimbrel/sql/sql.h"
#include "words.h"

namespace whimbrel::engine {

namespace {

constexpr std::array<std::string_view, 2> kGroups{"naming", "schema"};
constexpr std::array<std::string_view, 4> kOtherNamingKeys{"table_number", "uncountable", "revision_sequence", "description"};
constexpr std::array<std::string_view, 2> kNumbers{"singular", "plural"};
constexpr std::array<std::string_view, 2> kDescriptions{"what", "why"};
constexpr std::array<std::string_view, 5> kSchemaKeys{"required_columns", "required_columns_exempt", "string_length", "max_string_length", "on_delete"};
constexpr std::array<std::string_view, 1> kStringLengths{"limited"};
constexpr std::array<std::string_view, 5> kActions{"no action", "restrict", "cascade", "set null", "set default"};

class Reader {
 public:
  Reader(ConfigValues& values, rule::Conventions& conventions) : values_(values), conventions_(conventions) {}

  void naming(const toml::key& key, const toml::node& node) {
    const std::string_view name = key.str();
    if (const auto* const known = std::ranges::find(rule::kNamedKeys, name); known != rule::kNamedKeys.end()) {
      return pattern(node, name, static_cast<rule::Named>(known - rule::kNamedKeys.begin()));
    }
    if (name == "table_number") {
      const std::string number = values_.one_of(node, name, kNumbers);
      conventions_.table_number = number == "plural" ? rule::TableNumber::plural : rule::TableNumber::singular;
    } else if (name == "uncountable") {
      conventions_.uncountable = values_.list(node, name);
    } else if (name == "revision_sequence") {
      conventions_.revision_sequence = values_.boolean(node, name);
    } else if (name == "description") {
      conventions_.description = values_.one_of(node, name, kDescriptions) == "why" ? rule::Description::why : rule::Description::what;
    } else {
      std::vector<std::string_view> all(rule::kNamedKeys.begin(), rule::kNamedKeys.end());
      all.insert(all.end(), kOtherNamingKeys.begin(), kOtherNamingKeys.end());
      values_.complain_of_key(key, all);
    }
  }

  void schema(const toml::key& key, const toml::node& node) {
    const std::string_view name = key.str();
    if (name == "required_columns") {
      required_columns(node, name);
    } else if (name == "required_columns_exempt") {
      conventions_.required_columns_exempt = values_.list(node, name);
    } else if (name == "string_length") {
      conventions_.limited_strings = values_.one_of(node, name, kStringLengths) == "limited";
    } else if (name == "max_string_length") {
      conventions_.max_string_length = values_.positive(node, name);
    } else if (name == "on_delete") {
      values_.list(node, name, [&](const toml::node& element, const std::string& action) {
        values_.check_known(element, name, action, kActions);
        const auto at = static_cast<std::size_t>(std::ranges::find(kActions, action) - kActions.begin());
        if (at < kActions.size()) conventions_.on_delete.push_back(static_cast<ir::ReferentialAction>(at));
      });
    } else {
      values_.complain_of_key(key, kSchemaKeys);
    }
  }

 private:
  void pattern(const toml::node& node, std::string_view key, rule::Named what) {
    const std::string text = values_.some_text(node, key);
    if (values_.failed()) return;
    Result<rule::NamePattern> parsed = rule::NamePattern::parse(text, what);
    if (!parsed) return values_.complain(node, parsed.error().message);
    conventions_.patterns[static_cast<std::size_t>(what)] = *std::move(parsed);
  }

  void required_columns(const toml::node& node, std::string_view name) {
    const toml::table* columns = values_.table(node, name);
    if (columns == nullptr) return;
    for (const auto& [column, type] : *columns) {
      const std::string written = values_.text(type, column.str());
      if (values_.failed()) return;
      std::string spelled;
      if (!written.empty()) {
        const std::optional<ir::TypeName> parsed = sql::parse_type(written);
        if (!parsed) return values_.complain(type, fmt::format("'{}' is no type of PostgreSQL", printable(written)));
        spelled = ir::to_sql(*parsed);
      }
      conventions_.required_columns.push_back({std::string(column.str()), std::move(spelled)});
    }
  }

  ConfigValues& values_;
  rule::Conventions& conventions_;
};

}  // namespace

void read_conventions(ConfigValues& values, const toml::table& rules, rule::Conventions& conventions) {
  Reader reader(values, conventions);
  for (const auto& [group, node] : rules) {
    if (std::ranges::find(kGroups, group.str()) == kGroups.end()) return values.complain_of_key(group, kGroups, "rules.");
    const toml::table* options = values.table(node, group.str());
    if (options == nullptr) return;
    for (const auto& [key, value] : *options) {
      group.str() == "naming" ? reader.naming(key, value) : reader.schema(key, value);
      if (values.failed()) return;
    }
  }
}

}  // namespace whimbrel::engine
