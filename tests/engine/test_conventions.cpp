// [rules.naming] and [rules.schema]: what is read, what is refused and how, which names match, which words are plural.
#include <string>
#include <vector>

#include "support/catch.h"
#include "whimbrel/engine/config.h"
#include "whimbrel/rule/conventions.h"

using namespace whimbrel;
using engine::read_config;
using rule::Named;
using rule::NamePattern;

namespace {

std::string mistake(const std::string& text) {
  const auto config = read_config("whimbrel.toml", text);
  return config ? "" : config.error().message;
}

bool matches(const std::string& pattern, Named what, const std::string& name, const rule::NameParts& parts = {}) {
  const auto parsed = NamePattern::parse(pattern, what);
  REQUIRE(parsed);
  return parsed->matches(name, parts);
}

std::string number(const std::string& table, const std::vector<std::string>& uncountable = {}) {
  const rule::Number found = rule::number_of(table, uncountable);
  return found.singular && found.plural ? "both" : found.plural ? "plural" : "singular";
}

}  // namespace

TEST_CASE("nothing is agreed on until it is said") {
  const auto config = read_config("whimbrel.toml", "");
  REQUIRE(config);
  for (const auto& pattern : config->conventions.patterns) CHECK_FALSE(pattern.has_value());
  CHECK(config->conventions.table_number == rule::TableNumber::any);
  CHECK(config->conventions.description == rule::Description::any);
  CHECK_FALSE(config->conventions.revision_sequence);
  CHECK(config->conventions.required_columns.empty());
  CHECK(config->conventions.on_delete.empty());
}

TEST_CASE("every key of the conventions is read") {
  std::string text = "[rules.naming]\n";
  for (const std::string_view key : rule::kNamedKeys) text += std::string(key) + " = \"" + std::string(key) + "_.+\"\n";
  text += R"toml(
table_number = "singular"
uncountable = ["stock"]
revision_sequence = true
description = "why"
[rules.schema]
required_columns = { created_at = "timestamptz", n = "numeric(10, 2)", free = "" }
required_columns_exempt = ["*_old"]
string_length = "limited"
max_string_length = 80
on_delete = ["cascade", "set null"]
)toml";
  const auto config = read_config("whimbrel.toml", text);
  REQUIRE(config);
  const rule::Conventions& agreed = config->conventions;
  for (std::size_t i = 0; i < rule::kNamedCount; ++i) CHECK(agreed.pattern(static_cast<Named>(i))->text() == std::string(rule::kNamedKeys[i]) + "_.+");
  CHECK(agreed.table_number == rule::TableNumber::singular);
  CHECK(agreed.uncountable == std::vector<std::string>{"stock"});
  CHECK(agreed.revision_sequence);
  CHECK(agreed.description == rule::Description::why);
  REQUIRE(agreed.required_columns.size() == 3);  // by name
  CHECK(agreed.required_columns[0].name == "created_at");
  CHECK(agreed.required_columns[0].type == "timestamp with time zone");
  CHECK(agreed.required_columns[1].type.empty());
  CHECK(agreed.required_columns[2].type == "numeric(10,2)");
  CHECK(agreed.required_columns_exempt == std::vector<std::string>{"*_old"});
  CHECK(agreed.limited_strings);
  CHECK(agreed.max_string_length == 80);
  CHECK(agreed.on_delete == std::vector{ir::ReferentialAction::cascade, ir::ReferentialAction::set_null});
}

TEST_CASE("a mistake in the conventions is told with its line") {
  CHECK(mistake("[rules.naming]\nindexes = \"x\"") == "whimbrel.toml:2: unknown key 'indexes', did you mean 'index'?");
  CHECK(mistake("[rules.schema]\nrequired_colums = {}") == "whimbrel.toml:2: unknown key 'required_colums', did you mean 'required_columns'?");
  CHECK(mistake("[rules.shema]\na = 1") == "whimbrel.toml:1: unknown key 'rules.shema', did you mean 'schema'?");
  CHECK(mistake("[rules]\nnaming = 1") == "whimbrel.toml:2: 'naming' must be a table");
  CHECK(mistake("[rules.naming]\ntable = \"\"") == "whimbrel.toml:2: 'table' is empty");
  CHECK(mistake("[rules.naming]\ntable = 1") == "whimbrel.toml:2: 'table' must be a string");
  CHECK(mistake("[rules.naming]\n\ntable = \"[a-z\"").starts_with("whimbrel.toml:3: 'table': '[a-z' is no regular expression: "));
  CHECK(mistake("[rules.naming]\nindex = \"ix_{tabel}\"") == "whimbrel.toml:2: 'index' has no placeholder '{tabel}', did you mean '{table}'?");
  CHECK(mistake("[rules.naming]\ntable = \"{columns}\"") == "whimbrel.toml:2: 'table' has no placeholder '{columns}'");
  CHECK(mistake("[rules.naming]\ncheck = \"{nonsense}\"") == "whimbrel.toml:2: 'check' has no placeholder '{nonsense}', only {table}, {columns}");
  CHECK(mistake("[rules.naming]\ntable_number = \"plurals\"") == "whimbrel.toml:2: 'table_number' cannot be 'plurals', did you mean 'plural'?");
  CHECK(mistake("[rules.naming]\nrevision_sequence = \"yes\"") == "whimbrel.toml:2: 'revision_sequence' must be true or false");
  CHECK(mistake("[rules.naming]\ndescription = \"both\"") == "whimbrel.toml:2: 'description' cannot be 'both', only what, why");
  CHECK(mistake("[rules.schema]\nrequired_columns = { a = \"varchar(\" }") == "whimbrel.toml:2: 'varchar(' is no type of PostgreSQL");
  CHECK(mistake("[rules.schema]\nrequired_columns = [\"a\"]") == "whimbrel.toml:2: 'required_columns' must be a table");
  CHECK(mistake("[rules.schema]\nmax_string_length = 0") == "whimbrel.toml:2: 'max_string_length' must be a number above 0");
  CHECK(mistake("[rules.schema]\non_delete = [\"cascades\"]") == "whimbrel.toml:2: 'on_delete' cannot be 'cascades', did you mean 'cascade'?");
}

TEST_CASE("a pattern matches the whole name") {
  CHECK(matches("[a-z]+", Named::table, "users"));
  CHECK_FALSE(matches("[a-z]+", Named::table, "users2"));
  CHECK_FALSE(matches("user|order", Named::table, "users"));
  CHECK(matches("\\d{3}_.*", Named::revision, "001_users"));
  CHECK_FALSE(matches("\\d{3}_.*", Named::revision, "01_users"));
  CHECK(matches("\\p{Greek}+\\x{61}", Named::table, "\u03b1a"));
}

TEST_CASE("placeholders stand for what they say, and for nothing that a regular expression makes of it") {
  const rule::NameParts parts{.table = "a.b", .columns = {"x", "y"}, .referenced_table = "r", .revision = {}};
  CHECK(matches("fk_{table}_{columns}_{referenced_table}", Named::foreign_key, "fk_a.b_x_y_r", parts));
  CHECK_FALSE(matches("fk_{table}_{columns}_{referenced_table}", Named::foreign_key, "fk_acb_x_y_r", parts));
  const rule::NameParts expression{.table = {}, .columns = {"", "y"}, .referenced_table = {}, .revision = {}};
  CHECK(matches("ix_{columns}", Named::index, "ix_anything_y", expression));
  CHECK_FALSE(matches("ix_{columns}", Named::index, "ix_y", expression));
  CHECK(NamePattern::parse("ix_{table}_{columns}", Named::index)->shown(parts) == "ix_a.b_x_y");
}

TEST_CASE("what would be too long may be shortened") {
  const std::string table(40, 't');
  const rule::NameParts parts{.table = table, .columns = {std::string(40, 'c')}, .referenced_table = {}, .revision = {}};
  CHECK(matches("ix_{table}_{columns}", Named::index, "ix_" + table + "_" + std::string(11, 'c') + "_1a2b", parts));
  CHECK_FALSE(matches("ix_{table}_{columns}", Named::index, "ix_short", parts));
}

TEST_CASE("plural and singular, by the last word") {
  for (const char* name : {"users", "order_items", "OrderItems", "people", "categories", "indices", "users_2"}) {
    INFO(name);
    CHECK(number(name) == "plural");
  }
  for (const char* name : {"user", "order_item", "OrderItem", "address", "status", "process", "person", "category", "index"}) {
    INFO(name);
    CHECK(number(name) == "singular");
  }
  for (const char* name : {"data", "app_settings", "series", "menus", "t", "", "123"}) {
    INFO(name);
    CHECK(number(name) == "both");
  }
  CHECK(number("stock") == "singular");
  CHECK(number("stock", {"stock"}) == "both");
}
