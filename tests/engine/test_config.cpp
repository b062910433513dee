// whimbrel.toml: every key, every mistake with its line and the nearest right word; selections.
#include <algorithm>

#include "support/catch.h"
#include "whimbrel/engine/config.h"
#include "whimbrel/finding/rule_info.h"

using namespace whimbrel;
using engine::read_config;

namespace {

std::string mistake(const std::string& text, const std::string& path = "whimbrel.toml") {
  const auto config = read_config(path, text);
  return config ? "" : config.error().message;
}

}  // namespace

TEST_CASE("every key is read") {
  const auto config = read_config("db/whimbrel.toml", R"(
pg_version = 16
fail_on = "error"
select = ["all"]
ignore = ["drop-table", "lock"]
exclude = ["**/legacy/**"]
start_after = "0042"
transaction = "per-migration"
dialects = ["postgresql", "sqlite"]
check_down = true
gitignore = false
lock_timeout = "5s"
statement_timeout = "1min"
time_zone = "UTC"
default_schema = "app"
small_tables = ["settings", "country_*"]
[severity]
drop-column = "info"
WB101 = "warning"
[per_file_ignores]
"db/legacy/**" = ["naming", "drop-table"]
[rules.naming]
index = "ix_{table}_{columns}"
)");
  REQUIRE(config);
  CHECK(config->path == "db/whimbrel.toml");
  CHECK(config->root == "db");
  CHECK(config->pg_version == 16);
  CHECK(config->fail_on == engine::FailOn::error);
  CHECK(config->select == std::vector<std::string>{"all"});
  CHECK(config->ignore.size() == 2);
  CHECK(config->exclude.size() == 1);
  CHECK(config->start_after == "0042");
  CHECK(config->transaction == ir::TransactionMode::per_migration);
  CHECK(config->dialects.size() == 2);
  CHECK(config->check_down);
  CHECK_FALSE(config->gitignore);
  CHECK(config->lock_timeout == "5s");
  CHECK(config->statement_timeout == "1min");
  CHECK(config->time_zone == "UTC");
  CHECK(config->default_schema == "app");
  CHECK(config->small_tables.size() == 2);
  CHECK(config->severity.at(*find_rule("drop-column")) == Severity::info);
  CHECK(config->severity.size() == 2);
  REQUIRE(config->per_file_ignores.size() == 1);
  CHECK(config->per_file_ignores[0].first == "db/legacy/**");
  CHECK(config->conventions.pattern(rule::Named::index)->text() == "ix_{table}_{columns}");
}

TEST_CASE("an empty configuration is the default one") {
  const auto config = read_config("whimbrel.toml", "");
  REQUIRE(config);
  CHECK(config->pg_version == 14);
  CHECK(config->select == std::vector<std::string>{"default"});
  CHECK_FALSE(config->transaction);
  CHECK(read_config("whimbrel.toml", "transaction = \"auto\"")->transaction == std::nullopt);
}

TEST_CASE("a mistake is told with its line and the nearest right word") {
  CHECK(mistake("\npg_versoin = 12\n") == "whimbrel.toml:2: unknown key 'pg_versoin', did you mean 'pg_version'?");
  CHECK(mistake("select = [\n  \"drop-tabel\",\n]") == "whimbrel.toml:2: unknown rule 'drop-tabel', did you mean 'drop-table'?");
  CHECK(mistake("fail_on = \"warnings\"") == "whimbrel.toml:1: 'fail_on' cannot be 'warnings', did you mean 'warning'?");
  CHECK(mistake("transaction = \"xyz\"") == "whimbrel.toml:1: 'transaction' cannot be 'xyz', only auto, single, per-migration, implicit, none");
  CHECK(mistake("[severity]\ndrop_column = \"error\"") == "whimbrel.toml:2: unknown rule 'drop_column', did you mean 'drop-column'?");
  CHECK(mistake("[severity]\ndrop-column = \"fatal\"").starts_with("whimbrel.toml:2: 'drop-column' cannot be 'fatal'"));
  CHECK(mistake("[per_file_ignores]\n\"a/**\" = [\"lokc\"]") == "whimbrel.toml:2: unknown rule 'lokc', did you mean 'lock'?");
  CHECK(mistake("[rules.naming]\nindexes = \"x\"") == "whimbrel.toml:2: unknown key 'indexes', did you mean 'index'?");
  CHECK(mistake("[rules.nameing]\nindex = \"x\"") == "whimbrel.toml:1: unknown key 'rules.nameing', did you mean 'naming'?");
}

TEST_CASE("a value of the wrong kind") {
  CHECK(mistake("pg_version = \"14\"") == "whimbrel.toml:1: 'pg_version' must be a number from 10 to 19");
  CHECK(mistake("pg_version = 9") == "whimbrel.toml:1: 'pg_version' must be a number from 10 to 19");
  CHECK(mistake("check_down = 1") == "whimbrel.toml:1: 'check_down' must be true or false");
  CHECK(mistake("ignore = \"drop-table\"") == "whimbrel.toml:1: 'ignore' must be a list of strings");
  CHECK(mistake("ignore = [1]") == "whimbrel.toml:1: 'ignore' must be a list of strings");
  CHECK(mistake("severity = 1") == "whimbrel.toml:1: 'severity' must be a table");
  CHECK(mistake("lock_timeout = \"soon\"").contains("is no time"));
  CHECK(mistake("start_after = 42") == "whimbrel.toml:1: 'start_after' must be a string");
}

TEST_CASE("what is no TOML, or too much of it") {
  CHECK(mistake("select = [").starts_with("whimbrel.toml:1: "));
  CHECK(mistake("a = 1\nb = \x1b[31m").starts_with("whimbrel.toml:2: "));
  CHECK_FALSE(mistake("a = 1\nb = \x1b[31m").contains('\x1b'));
  CHECK(mistake(std::string(2'000'000, '#')).contains("larger than"));
}

TEST_CASE("pyproject.toml speaks in its own table") {
  const auto config = read_config("pyproject.toml", "[project]\nname = \"x\"\n[tool.whimbrel]\npg_version = 15\n");
  REQUIRE(config);
  CHECK(config->pg_version == 15);
  CHECK(config->path == "pyproject.toml");
  CHECK(read_config("pyproject.toml", "[project]\nname = \"whimbrel\"\n")->path.empty());
  CHECK(mistake("[tool.whimbrel]\nselct = []", "pyproject.toml") == "pyproject.toml:2: unknown key 'selct', did you mean 'select'?");
  CHECK(mistake("[tool]\nwhimbrel = 1", "pyproject.toml").contains("must be a table"));
}

TEST_CASE("selections name rules, codes, categories and presets") {
  const auto everything = engine::selected_rules({"all"}, {});
  REQUIRE(everything);
  CHECK(everything->size() == all_rules().size());
  const auto by_default = engine::selected_rules({"default"}, {});
  REQUIRE(by_default);
  CHECK(std::ranges::all_of(*by_default, [](RuleId rule) { return rule_info(rule).default_on; }));
  const RuleInfo& drop = rule_info(*find_rule("drop-table"));
  CHECK(*engine::selected_rules({"drop-table"}, {}) == std::vector{drop.id});
  CHECK(*engine::selected_rules({std::string(drop.code)}, {}) == std::vector{drop.id});
  const auto category = engine::selected_rules({"destructive"}, {"drop-table"});
  REQUIRE(category);
  CHECK_FALSE(category->empty());
  CHECK(std::ranges::find(*category, drop.id) == category->end());
  CHECK(std::ranges::is_sorted(*everything));
  CHECK(engine::selected_rules({"drop-tabel"}, {}).error().message == "unknown rule 'drop-tabel', did you mean 'drop-table'?");
  CHECK(engine::selected_rules({"all"}, {"dfault"}).error().message.contains("'default'"));
}
