// What a statement runs into that its own transaction did before: 55006 and 55P04, as 11, 15 and 18 were measured.
#include "scenario.h"
#include "support/catch.h"

namespace whimbrel {
namespace {

constexpr std::string_view kTables =
    "CREATE TABLE p (id int PRIMARY KEY, x int);"
    "CREATE TABLE c (id int PRIMARY KEY, pid int REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED, y int);"
    "CREATE TABLE cd (id int PRIMARY KEY, pid int REFERENCES p (id) DEFERRABLE);"
    "CREATE TABLE u (id int UNIQUE DEFERRABLE INITIALLY DEFERRED, z int);"
    "CREATE INDEX c_y ON c (y);"
    "CREATE TABLE ct (id int);"
    "CREATE FUNCTION trf() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end';"
    "CREATE CONSTRAINT TRIGGER ctt AFTER INSERT ON ct DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE trf();"
    "CREATE TABLE pt (k int, pid int) PARTITION BY RANGE (k);"
    "CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);"
    "ALTER TABLE pt1 ADD FOREIGN KEY (pid) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED;";

/// "55006", "maybe" (possible, not certain), or "" for neither.
std::string after(std::string_view before, std::string_view statement) {
  Scenario scenario{std::string(kTables)};
  scenario.before(before);
  const facts::Effects effects = scenario.whole(statement);
  if (effects.possible_error == "55006" && !effects.certain) return "maybe";
  return effects.error;
}

constexpr std::string_view kInsert = "INSERT INTO c VALUES (2, 1, 1)";

}  // namespace

TEST_CASE("deferred trigger events hold off statements that want the table for themselves") {
  const auto statement = GENERATE(as<std::string>{}, "ALTER TABLE c ADD COLUMN q int", "CREATE INDEX ON c (y)", "DROP TABLE c", "TRUNCATE c",
                                  "TRUNCATE p CASCADE", "CLUSTER c USING c_pkey", "ALTER TABLE c DISABLE TRIGGER ALL",
                                  "ALTER TABLE c DROP CONSTRAINT c_pid_fkey", "ALTER TABLE c VALIDATE CONSTRAINT c_pid_fkey",
                                  "ALTER TABLE c SET (fillfactor = 50)", "ALTER TABLE c ALTER COLUMN y SET STATISTICS 10",
                                  "ALTER TABLE c OWNER TO app", "ALTER TABLE c ENABLE ROW LEVEL SECURITY", "DROP SCHEMA public CASCADE");
  CAPTURE(statement);
  CHECK(after(kInsert, statement) == "55006");
}

TEST_CASE("other statements do not look for trigger events") {
  const auto statement = GENERATE(as<std::string>{}, "ALTER TABLE p ADD COLUMN q int", "CREATE INDEX ON p (x)", "DROP TABLE p CASCADE",
                                  "REINDEX TABLE c", "REINDEX INDEX c_y", "DROP INDEX c_y", "ALTER TABLE c RENAME TO c3",
                                  "ALTER TABLE c RENAME COLUMN y TO yy", "ALTER TABLE c RENAME CONSTRAINT c_pkey TO cpk",
                                  "ALTER TABLE c SET SCHEMA s2", "CREATE TRIGGER tt AFTER INSERT ON c FOR EACH ROW EXECUTE PROCEDURE trf()",
                                  "COMMENT ON TABLE c IS 'a'", "CREATE TABLE c9 (cid int REFERENCES c (id))", "LOCK TABLE c",
                                  "ALTER TABLE cd ADD FOREIGN KEY (id) REFERENCES c (id)", "CREATE POLICY pp ON c",
                                  "CREATE RULE rr AS ON DELETE TO c DO NOTHING", "ALTER INDEX c_y SET (fillfactor = 50)", "GRANT SELECT ON c TO PUBLIC",
                                  "CREATE STATISTICS st ON id, y FROM c", "ANALYZE c", "CREATE TABLE ci () INHERITS (c)");
  CAPTURE(statement);
  CHECK(after(kInsert, statement).empty());
}

TEST_CASE("which statements leave trigger events") {
  struct Expected {
    const char* before;
    const char* statement;
    const char* outcome;
  };
  const Expected expected = GENERATE(values<Expected>({
      {"INSERT INTO c (id) VALUES (3)", "ALTER TABLE c ADD COLUMN q int", "55006"},
      {"INSERT INTO c VALUES (3, NULL, 1)", "ALTER TABLE c ADD COLUMN q int", "55006"},
      {"INSERT INTO c SELECT 5, 1, 1", "ALTER TABLE c ADD COLUMN q int", "maybe"},
      {"INSERT INTO c VALUES (1, 1, 1) ON CONFLICT DO NOTHING", "ALTER TABLE c ADD COLUMN q int", "maybe"},
      {"WITH i AS (INSERT INTO c VALUES (2, 1, 1) RETURNING 1) SELECT * FROM i", "ALTER TABLE c ADD COLUMN q int", "maybe"},
      {"UPDATE c SET y = 2", "ALTER TABLE c ADD COLUMN q int", ""},
      {"UPDATE c SET pid = 2", "ALTER TABLE c ADD COLUMN q int", "maybe"},
      {"DELETE FROM c", "ALTER TABLE c ADD COLUMN q int", ""},
      {"DELETE FROM p WHERE id = 3", "ALTER TABLE p ADD COLUMN q int", "maybe"},
      {"DELETE FROM p WHERE id = 3", "ALTER TABLE c ADD COLUMN q int", ""},
      {"UPDATE p SET x = 3", "ALTER TABLE p ADD COLUMN q int", ""},
      {"UPDATE p SET id = 7", "ALTER TABLE p ADD COLUMN q int", "maybe"},
      {"INSERT INTO p VALUES (8, 8)", "ALTER TABLE p ADD COLUMN q int", ""},
      {"INSERT INTO u VALUES (1, 2)", "ALTER TABLE u ADD COLUMN q int", "maybe"},
      {"INSERT INTO cd VALUES (1, 1)", "ALTER TABLE cd ADD COLUMN q int", ""},
      {"SET CONSTRAINTS ALL DEFERRED; INSERT INTO cd VALUES (1, 1)", "ALTER TABLE cd ADD COLUMN q int", "55006"},
      {"INSERT INTO c VALUES (2, 1, 1); SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE c ADD COLUMN q int", ""},
      {"INSERT INTO c VALUES (2, 1, 1); SET CONSTRAINTS c_pid_fkey IMMEDIATE", "ALTER TABLE c ADD COLUMN q int", "maybe"},
      {"INSERT INTO ct VALUES (1)", "ALTER TABLE ct ADD COLUMN q int", "55006"},
      {"INSERT INTO pt VALUES (1, 1)", "ALTER TABLE pt ADD COLUMN q int", "maybe"},
      {"INSERT INTO pt VALUES (1, 1)", "ALTER TABLE pt1 ALTER pid SET DEFAULT 1", "maybe"},
      {"INSERT INTO pt VALUES (1, 1)", "ALTER TABLE pt DETACH PARTITION pt1", ""},
      {"CREATE TABLE nn (pid int REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO nn VALUES (1)", "ALTER TABLE nn ADD COLUMN q int", "55006"},
      {"COPY c FROM '/x'", "ALTER TABLE c ADD COLUMN q int", "maybe"},
  }));
  CAPTURE(expected.before, expected.statement);
  CHECK(after(expected.before, expected.statement) == expected.outcome);
}

TEST_CASE("a DO block runs into its own events and values") {
  const Scenario scenario{std::string(kTables) + "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (m mood);"};
  CHECK(scenario.whole("DO $$begin INSERT INTO c VALUES (2, 1, 1); ALTER TABLE c ADD COLUMN q int; end$$").error == "55006");
  CHECK(scenario.whole("DO $$begin ALTER TYPE mood ADD VALUE 'new'; INSERT INTO t VALUES ('new'); end$$").error == "55P04");
  CHECK(scenario.settings.transaction.pending_events.empty());
  CHECK(scenario.settings.transaction.new_enum_values.empty());
}

TEST_CASE("a new enum value is found wherever a constant of the type is read") {
  Scenario scenario{
      "CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN dm AS mood; CREATE TABLE t (id int, m mood, d dm, name text);"
      "CREATE TABLE l (m mood) PARTITION BY LIST (m);"};
  scenario.before("ALTER TYPE mood ADD VALUE 'new'");
  const auto statement = GENERATE(as<std::string>{}, "INSERT INTO t (name, m) VALUES ('new', 'new')", "INSERT INTO t SELECT 1, 'new'",
                                  "UPDATE t SET m = 'new'", "UPDATE t SET d = 'new'", "UPDATE t SET id = 1 WHERE m = 'new'", "DELETE FROM t WHERE m IN ('ok', 'new')",
                                  "CREATE TABLE n (m mood DEFAULT 'new')", "ALTER TABLE t ADD CHECK (m <> 'new')", "CREATE INDEX ON t (id) WHERE m = 'new'",
                                  "CREATE INDEX ON t ((m = 'new'::mood))", "CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('new')",
                                  "ALTER TABLE t ALTER COLUMN m TYPE mood USING 'new'::mood");
  CAPTURE(statement);
  CHECK(scenario.whole(statement).error == "55P04");
}

TEST_CASE("a text that reads like a new enum value is none") {
  Scenario scenario{"CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int, m mood, name text);"};
  scenario.before("ALTER TYPE mood ADD VALUE 'new'");
  const auto statement = GENERATE(as<std::string>{}, "INSERT INTO t (name, m) VALUES ('new', 'ok')", "UPDATE t SET name = 'new' WHERE m = 'ok'",
                                  "UPDATE t SET m = 'ok' WHERE m::text = 'new'", "CREATE TABLE n (m mood DEFAULT 'ok')", "CREATE INDEX ON t (id) WHERE name = 'new'");
  CAPTURE(statement);
  CHECK(scenario.whole(statement).error.empty());
}

TEST_CASE("functions and statistics that others hang on") {
  const Scenario scenario{
      "CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'select 1'; CREATE VIEW v AS SELECT f() AS x;"
      "CREATE FUNCTION g(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1'; CREATE INDEX i ON t (g(a));"
      "CREATE SCHEMA s; CREATE STATISTICS s.st ON a, b FROM t;"};
  CHECK(scenario.whole("DROP FUNCTION f()").error == "2BP01");
  CHECK(scenario.locks("DROP FUNCTION f() CASCADE") == "public.v ACCESS EXCLUSIVE");
  CHECK(scenario.whole("DROP FUNCTION g(int)").error == "2BP01");
  CHECK(scenario.locks("DROP STATISTICS s.st") == "public.t SHARE UPDATE EXCLUSIVE");
  CHECK_FALSE(scenario.whole("DROP STATISTICS st").certain);
  CHECK(scenario.locks("CREATE FUNCTION h() RETURNS bigint LANGUAGE sql AS 'insert into t values (1, 2); select count(*) from v'") ==
        "public.t ROW EXCLUSIVE, public.v ACCESS SHARE");
  CHECK(scenario.locks("CREATE FUNCTION h(anyelement) RETURNS bigint LANGUAGE sql AS 'select count(*) from v'").empty());
}

}  // namespace whimbrel
