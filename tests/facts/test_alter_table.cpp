// ALTER TABLE in the server's passes, shares of its steps, and what is not known.
#include "scenario.h"
#include "support/catch.h"

namespace whimbrel::facts {

constexpr const char* kUsers =
    "CREATE TABLE users (id bigint PRIMARY KEY, email text, n int, CONSTRAINT n_set CHECK (n IS NOT NULL));";

TEST_CASE("drops come first: the proof of SET NOT NULL is gone") {
  const Scenario scenario(kUsers);
  CHECK(scenario.work("ALTER TABLE users ALTER n SET NOT NULL") == "");
  CHECK(scenario.work("ALTER TABLE users ALTER n SET NOT NULL, DROP CONSTRAINT n_set") == "scans public.users");
  CHECK(scenario.work("ALTER TABLE users DROP COLUMN email, ALTER n SET NOT NULL") == "");
}

TEST_CASE("the strongest lock counts for the whole, each step keeps its own") {
  const Scenario scenario(std::string(kUsers) + "ALTER TABLE users ADD CONSTRAINT later CHECK (n > 0) NOT VALID;");
  const StatementEffects effects = scenario.effects("ALTER TABLE users VALIDATE CONSTRAINT later, ADD COLUMN z int");
  const QualifiedName users{"public", "users"};
  CHECK(effects.whole.lock_on(users) == LockMode::access_exclusive);
  REQUIRE(effects.steps.size() == 2);
  CHECK(effects.steps[0].lock_on(users) == LockMode::share_update_exclusive);
  CHECK(effects.steps[0].scan_of(users) != nullptr);
  CHECK(effects.steps[1].lock_on(users) == LockMode::access_exclusive);
  CHECK(effects.steps[1].scan_of(users) == nullptr);
}

TEST_CASE("a table that the history does not know most likely exists") {
  const Scenario scenario("");
  const Effects added = scenario.whole("ALTER TABLE users ADD COLUMN z float DEFAULT random()");
  CHECK(added.lock_on({"public", "users"}) == LockMode::access_exclusive);
  CHECK(added.rewrite_of({"public", "users"}) != nullptr);
  CHECK_FALSE(added.certain);
  const Effects retyped = scenario.whole("ALTER TABLE users ALTER n TYPE bigint");
  REQUIRE(retyped.rewrite_of({"public", "users"}) != nullptr);
  CHECK(retyped.rewrite_of({"public", "users"})->happens == Tri::unknown);
  CHECK_FALSE(retyped.certain);
  const Effects proven = scenario.whole("ALTER TABLE users ALTER n SET NOT NULL");
  REQUIRE(proven.scan_of({"public", "users"}) != nullptr);
  CHECK(scenario.whole("ALTER TABLE users DROP COLUMN x").error.empty());
}

TEST_CASE("a certain error undoes the whole, the shares still say what was meant") {
  const Scenario scenario(kUsers);
  const StatementEffects effects =
      scenario.effects("ALTER TABLE users ADD CONSTRAINT u UNIQUE (email), DROP COLUMN nope");
  CHECK(effects.whole.error == "42703");
  CHECK(effects.whole.locks.empty());
  CHECK(effects.steps[0].builds.size() == 1);
}

TEST_CASE("foreign keys lock the other table") {
  const Scenario scenario(
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int CONSTRAINT fk REFERENCES p);");
  CHECK(scenario.locks("CREATE TABLE d (p int REFERENCES p)") == "public.p SHARE ROW EXCLUSIVE");
  CHECK(scenario.locks("DROP TABLE c") == "public.c ACCESS EXCLUSIVE, public.p ACCESS EXCLUSIVE");
  CHECK(scenario.locks("ALTER TABLE c DROP CONSTRAINT fk") == "public.c ACCESS EXCLUSIVE, public.p ACCESS EXCLUSIVE");
  CHECK(scenario.work("ALTER TABLE c ADD COLUMN q int REFERENCES p") == "");
  CHECK(scenario.work("ALTER TABLE c ADD COLUMN q int DEFAULT 1 REFERENCES p") == "scans public.c; scans public.p");
  CHECK(scenario.whole("DROP TABLE p").error == "2BP01");
  CHECK(scenario.whole("DROP TABLE p, c").error.empty());
  CHECK(scenario.whole("TRUNCATE p").error == "0A000");
  CHECK(scenario.whole("TRUNCATE p, c").error.empty());
}

TEST_CASE("widening is not free for what depends on the column") {
  const Scenario scenario(
      "CREATE TABLE t (a varchar(10), b varchar(10), c varchar(10), d varchar(10) CHECK (d <> ''));"
      "CREATE INDEX plain ON t (a); CREATE INDEX lowered ON t (lower(b)); CREATE INDEX partial ON t (a) WHERE c <> "
      "'';");
  CHECK(scenario.work("ALTER TABLE t ALTER a TYPE varchar(20)") == "");
  CHECK(scenario.work("ALTER TABLE t ALTER b TYPE varchar(20)") == "scans public.t; builds public.lowered");
  CHECK(scenario.work("ALTER TABLE t ALTER c TYPE varchar(20)") == "scans public.t; builds public.partial");
  CHECK(scenario.work("ALTER TABLE t ALTER d TYPE varchar(20)") == "scans public.t");
  CHECK(scenario.work("ALTER TABLE t ALTER a TYPE text USING a::text") == "");
  CHECK(scenario.work("ALTER TABLE t ALTER a TYPE varchar(20) USING a::text") ==
        "rewrites public.t; scans public.t; builds public.lowered; builds public.partial; builds public.plain");
}

TEST_CASE("syntax newer than the server is an error 42601") {
  const Scenario old("CREATE TABLE t (id int)", 10);
  CHECK(old.whole("ALTER TABLE t ADD COLUMN z int GENERATED ALWAYS AS (id) STORED").error == "42601");
  CHECK(old.whole("REINDEX TABLE CONCURRENTLY t").error == "42601");
  CHECK(old.whole("CREATE INDEX i ON t (id) INCLUDE (id)").error == "42601");
  const Scenario newer("CREATE TABLE t (id int)", 14);
  CHECK(newer.whole("ALTER TABLE t ADD CONSTRAINT c NOT NULL id").error == "42601");
  CHECK(newer.whole("CREATE UNIQUE INDEX i ON t (id) NULLS NOT DISTINCT").error == "42601");
  CHECK(newer.whole("ALTER TABLE t ADD COLUMN z int GENERATED ALWAYS AS (id) STORED").error.empty());
}

TEST_CASE("what may not run in a transaction") {
  const Scenario scenario("CREATE TABLE t (id int); CREATE INDEX i ON t (id);", 14);
  for (const char* text : {"CREATE INDEX CONCURRENTLY j ON t (id)", "DROP INDEX CONCURRENTLY i",
                           "REINDEX INDEX CONCURRENTLY i", "REINDEX DATABASE d", "VACUUM t", "CREATE DATABASE d",
                           "DROP DATABASE d", "ALTER SYSTEM SET work_mem = '1MB'", "DISCARD ALL"}) {
    CAPTURE(text);
    CHECK(scenario.whole(text).forbids_transaction);
  }
  for (const char* text :
       {"CREATE INDEX j ON t (id)", "DROP INDEX i", "REINDEX TABLE t", "REINDEX (CONCURRENTLY false) TABLE t",
        "TRUNCATE t", "ALTER TYPE mood ADD VALUE 'x'", "CLUSTER t USING i"}) {
    CAPTURE(text);
    CHECK_FALSE(scenario.whole(text).forbids_transaction);
  }
}

}  // namespace whimbrel::facts
