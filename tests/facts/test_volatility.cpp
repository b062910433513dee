// Volatility of expressions as a whole.
#include "scenario.h"
#include "support/catch.h"

namespace whimbrel::facts {
namespace {

using enum ir::op::Volatility;

constexpr const char* kHistory = R"(
CREATE SCHEMA app;
CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE plpgsql AS 'begin return clock_timestamp(); end';
CREATE FUNCTION f_unmarked() RETURNS int LANGUAGE plpgsql AS 'begin return 1; end';
CREATE FUNCTION f_stable() RETURNS int STABLE LANGUAGE plpgsql AS 'begin return 1; end';
CREATE FUNCTION f_inlined() RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION f_not_inlined() RETURNS float LANGUAGE sql AS 'select random()';
)";

struct Case {
  const char* expression;
  ir::op::Volatility volatility;
  Tri certain = Tri::yes;
};

}  // namespace

TEST_CASE("an expression is as volatile as the worst that is left of it after planning") {
  const Scenario scenario(kHistory);
  const Case cases[] = {
      {"1 + 2", immutable},
      {"upper('a')", immutable},
      {"now()", stable},
      {"CURRENT_TIMESTAMP", stable},
      {"CURRENT_DATE", stable},
      {"LOCALTIMESTAMP(3)", stable},
      {"date_trunc('day', now())", stable},
      {"now() AT TIME ZONE 'utc'", stable},
      {"now() + interval '1 day'", stable},
      {"jsonb_build_object('a', now())", stable},
      {"current_setting('TimeZone')", stable},
      {"txid_current()", stable},
      {"clock_timestamp()", volatile_},
      {"random()", volatile_},
      {"(random() * 100)::int", volatile_},
      {"ARRAY[random()]", volatile_},
      {"concat(random())", volatile_},
      {"gen_random_uuid()", volatile_},
      {"uuid_generate_v4()", volatile_},
      {"uuid_generate_v5(uuid_ns_url(), 'x')", immutable},
      {"nextval('s'::regclass)", volatile_},
      {"coalesce(1, random())", immutable},
      {"coalesce(NULL, random())", volatile_},
      {"CASE WHEN true THEN 1 ELSE random() END", immutable},
      {"CASE WHEN false THEN random() ELSE 1 END", immutable},
      {"CASE WHEN now() > '2020-01-01' THEN random() ELSE 1 END", volatile_},
      {"make_interval(days => 1)", immutable},
      {"pg_catalog.now()", stable},
      {"app.now()", volatile_},
      {"f_unmarked()", volatile_},
      {"f_stable()", stable},
      {"f_inlined()", immutable},
      {"f_not_inlined()", volatile_},
      {"somebodys_function()", volatile_, Tri::unknown},
      {"other.random()", volatile_, Tri::unknown},
  };
  for (const Case& one : cases) {
    CAPTURE(one.expression);
    const ir::ExprPtr expr = sql::parse_expression(sql::HostText::plain(one.expression, FileId{}));
    REQUIRE(expr);
    const ExprVolatility found = volatility_of(*expr, scenario.catalog, 15);
    CHECK(found.volatility == one.volatility);
    CHECK(found.certain == one.certain);
  }
}

TEST_CASE("before 12 a default is judged as it is written") {
  const Scenario scenario(kHistory, 11);
  for (const char* text : {"coalesce(1, random())", "CASE WHEN true THEN 1 ELSE random() END", "f_inlined()"}) {
    const ir::ExprPtr expr = sql::parse_expression(sql::HostText::plain(text, FileId{}));
    REQUIRE(expr);
    CHECK(volatility_of(*expr, scenario.catalog, 11).volatility == volatile_);
  }
}

TEST_CASE("the culprit is the call that decides") {
  const Scenario scenario("");
  const ir::ExprPtr expr = sql::parse_expression(sql::HostText::plain("now() + random() * interval '1 day'", FileId{}));
  REQUIRE(expr);
  const ExprVolatility found = volatility_of(*expr, scenario.catalog, 15);
  CHECK(found.culprit_name == "random()");
  CHECK(found.culprit.begin == 8);
  CHECK(found.culprit.end == 16);
}

TEST_CASE("functions of newer servers are not known to older ones") {
  const Scenario scenario("CREATE TABLE t (id int)", 12);
  CHECK(scenario.whole("ALTER TABLE t ADD COLUMN z uuid DEFAULT gen_random_uuid()").error == "42883");
  const Scenario with_extension("CREATE EXTENSION pgcrypto; CREATE TABLE t (id int)", 12);
  CHECK(with_extension.work("ALTER TABLE t ADD COLUMN z uuid DEFAULT gen_random_uuid()") ==
        "rewrites public.t; scans public.t");
  const Scenario newest("CREATE TABLE t (id int)", 18);
  CHECK(newest.work("ALTER TABLE t ADD COLUMN z uuid DEFAULT uuidv7()") == "rewrites public.t; scans public.t");
}

}  // namespace whimbrel::facts
