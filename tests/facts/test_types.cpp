// Which pairs of types keep the heap.
#include "scenario.h"
#include "support/catch.h"

namespace whimbrel::facts {
namespace {

constexpr const char* kHistory = R"(
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN d_text AS text;
CREATE DOMAIN d_short AS varchar(20);
CREATE DOMAIN d_positive AS int CHECK (VALUE > 0);
)";

struct Case {
  const char* from;
  const char* to;
  TypeChange change;
};

}  // namespace

TEST_CASE("ALTER TYPE by the types alone") {
  using enum TypeChange;
  Scenario scenario(kHistory);
  scenario.settings.time_zone = "UTC";
  const Case cases[] = {
      {"varchar(50)", "varchar(100)", free},
      {"varchar(50)", "varchar", free},
      {"varchar(50)", "text", free},
      {"varchar(100)", "varchar(50)", rewrite},
      {"text", "varchar(100)", rewrite},
      {"text", "varchar", free},
      {"char(10)", "text", rewrite},
      {"char(10)", "bpchar", free},
      {"text", "bpchar", free},
      {"int", "bigint", rewrite},
      {"bigint", "int", rewrite},
      {"int", "oid", free},
      {"int", "text", rewrite},
      {"text", "int", error},
      {"int", "boolean", error},
      {"numeric(10,2)", "numeric(12,2)", free},
      {"numeric(10,2)", "numeric", free},
      {"numeric(10,2)", "numeric(12,3)", rewrite},
      {"timestamp(3)", "timestamp(6)", free},
      {"timestamp", "timestamp(3)", rewrite},
      {"timestamp", "timestamptz", free},
      {"timestamp(3)", "timestamptz(3)", rewrite},
      {"date", "timestamptz", rewrite},
      {"interval", "interval day to second", free},
      {"cidr", "inet", free},
      {"inet", "cidr", rewrite},
      {"bit(8)", "varbit", free},
      {"xml", "text", free},
      {"json", "jsonb", rewrite},
      {"varchar(20)[]", "varchar[]", free},
      {"varchar[]", "text[]", rewrite},
      {"varchar(10)[]", "varchar(20)[]", rewrite},
      {"mood", "text", rewrite},
      {"text", "mood", error},
      {"citext", "text", free},
      {"text", "citext", free},
      {"text", "d_text", free},
      {"d_text", "text", free},
      {"d_short", "varchar(20)", rewrite},
      {"d_short", "text", free},
      {"varchar(20)", "d_short", free},
      {"int", "d_positive", rewrite},
      {"d_positive", "int", free},
      {"geometry(Point)", "geometry(Point)", free},
  };
  for (const Case& one : cases) {
    CAPTURE(one.from, one.to);
    const auto from = sql::parse_type(one.from);
    const auto to = sql::parse_type(one.to);
    REQUIRE(from);
    REQUIRE(to);
    CHECK(type_change(*from, *to, scenario.catalog, scenario.settings) == one.change);
  }
}

TEST_CASE("the session's time zone decides over timestamps, from 12 on") {
  Scenario scenario(kHistory);
  const ir::TypeName from = sql::parse_type("timestamp").value();
  const ir::TypeName to = sql::parse_type("timestamptz").value();
  CHECK(type_change(from, to, scenario.catalog, scenario.settings) == TypeChange::unknown);
  for (const char* zone : {"UTC", "Etc/UTC", "GMT", "Etc/GMT+0", "utc"}) {
    scenario.settings.time_zone = zone;
    CHECK(type_change(from, to, scenario.catalog, scenario.settings) == TypeChange::free);
  }
  for (const char* zone : {"Africa/Abidjan", "Europe/Berlin", "Etc/GMT+1"}) {
    scenario.settings.time_zone = zone;
    CHECK(type_change(from, to, scenario.catalog, scenario.settings) == TypeChange::rewrite);
  }
  scenario.settings.time_zone = "UTC";
  scenario.settings.pg_version = 11;
  CHECK(type_change(from, to, scenario.catalog, scenario.settings) == TypeChange::rewrite);
}

}  // namespace whimbrel::facts
