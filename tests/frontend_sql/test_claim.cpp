// Which files are taken: PostgreSQL's always, other databases' never, and the history that each belongs to.
#include <chrono>

#include "project.h"
#include "support/catch.h"

using namespace whimbrel;

namespace {

std::string skipped(std::string_view text, std::string_view path = "migrations/1.sql") {
  return frontends::sql.claim({path, text}).skipped;
}

std::string history(std::string_view path) { return frontends::sql.claim({path, ""}).history; }

}  // namespace

TEST_CASE("only .sql files are claimed") {
  CHECK(frontends::sql.claim({"a/1.sql", ""}).reads);
  CHECK(frontends::sql.claim({"a/1.SQL", ""}).reads);
  CHECK_FALSE(frontends::sql.claim({"a/1.py", ""}).reads);
  CHECK(frontends::sql.claim({"a/1.py", ""}).skipped.empty());
  CHECK_FALSE(frontends::sql.claim({"sql", ""}).reads);
}

TEST_CASE("the history is the folder of the numbered files, or the parent of the migration folders") {
  CHECK(history("1.sql") == ".");
  CHECK(history("db/migrations/1.sql") == "db/migrations");
  CHECK(history("/abs/1.sql") == "/abs");
  CHECK(history("migrations/2019-02-26-002946_create_user/up.sql") == "migrations");
  CHECK(history("2019_x/up.sql") == ".");
  CHECK(history("prisma/migrations/0_init/migration.sql") == "prisma/migrations");
  CHECK(history("prisma/notes/migration.sql") == "prisma/notes");
  CHECK(history("db/migration/2024/V3__x.sql") == "db/migration");
  CHECK(history("db/migration/common/V3__x.sql") == "db/migration/common");
  CHECK(history("db/rollback/1.sql") == "db");
}

TEST_CASE("words in comments, strings and bodies are no evidence") {
  CHECK(skipped("-- `a` ENGINE=InnoDB AUTO_INCREMENT\n/* PRAGMA x; /* nested */ [dbo].a */ SELECT 1;").empty());
  CHECK(skipped(
            "INSERT INTO t VALUES ('`a` ENGINE=InnoDB', E'it\\'s AUTO_INCREMENT', $x$ PRIMARY KEY AUTOINCREMENT $x$);")
            .empty());
  CHECK(skipped("SELECT \"ENGINE\" FROM \"[dbo]\";").empty());
  CHECK(skipped("COPY t (a) FROM stdin;\n`a`\tENGINE=InnoDB\tAUTO_INCREMENT\nGO\n\\.\nSELECT 1;\n").empty());
  CHECK(skipped("\\echo `date`\nSELECT 1;\n").empty());
  CHECK(skipped("ALTER TABLE {{ index .Options `Namespace` }}.users ADD COLUMN a int;").empty());
}

TEST_CASE("PostgreSQL that looks a little like another database is kept") {
  CHECK(skipped("UPDATE cars SET engine = memory, auto_increment = 1;").empty());
  CHECK(skipped("SELECT * FROM cars WHERE engine = log OR engine = null;").empty());
  CHECK(skipped("SELECT a.auto_increment, unsigned FROM a;").empty());
  CHECK(skipped("CREATE TABLE a (auto_increment int, autoincrement boolean, pragma text, clob text);").empty());
  CHECK(skipped("SELECT * FROM nodes JOIN cluster ON cluster.id = nodes.id;").empty());
  CHECK(skipped("CREATE TRIGGER t AFTER INSERT ON cluster FOR EACH ROW EXECUTE FUNCTION f();").empty());
  CHECK(skipped("SELECT array [a, b], x [i], array [y], array [z], array [w];").empty());
  CHECK(skipped("CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (START 1));").empty());
  CHECK(skipped("LOCK TABLE a IN SHARE MODE; UPDATE a SET b = sysdate;").empty());
  CHECK(skipped("SELECT 'it''s' AS go\nFROM b\n").empty());
  CHECK(skipped("SELECT\n  go\nFROM moves;\n").empty());
  CHECK(skipped("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; SELECT `x`;").empty());
  CHECK(skipped("ALTER TABLE a ALTER COLUMN b TYPE jsonb USING b::jsonb; -- `").empty());
  CHECK(skipped("CREATE TABLE a (id serial, n varchar2(3));").empty());
  CHECK(skipped("SELECT a.b <% c FROM t WHERE x %> y;").empty());
}

TEST_CASE("other databases are told by what only they have") {
  CHECK(skipped("CREATE TABLE a (id int unsigned);") == "looks like MySQL (UNSIGNED)");
  CHECK(skipped("ALTER TABLE a CHANGE COLUMN b c int;") == "looks like MySQL (CHANGE COLUMN)");
  CHECK(skipped("LOCK TABLES a WRITE; UNLOCK TABLES;") == "looks like MySQL (LOCK TABLES … WRITE)");
  CHECK(skipped("/*!40101 SET NAMES utf8 */;\n") == "looks like MySQL (/*!40101 … */)");
  CHECK(skipped("CREATE TABLE a (b text) ENGINE InnoDB;") == "looks like MySQL (ENGINE=…)");
  CHECK(skipped("PRAGMA foreign_keys = OFF;") == "looks like SQLite (PRAGMA)");
  CHECK(skipped("CREATE TABLE a (b text) WITHOUT ROWID;") == "looks like SQLite (WITHOUT ROWID)");
  CHECK(skipped("ALTER TABLE a ON CLUSTER 'main' ADD COLUMN b String;") == "looks like ClickHouse (ON CLUSTER)");
  CHECK(skipped("ALTER TABLE IF EXISTS d.a ON CLUSTER main ADD COLUMN b String;") ==
        "looks like ClickHouse (ON CLUSTER)");
  CHECK(skipped("ALTER TABLE a ADD COLUMN b Nullable(String);") == "looks like ClickHouse (Nullable(…))");
  CHECK(skipped("ALTER TABLE a ADD b nvarchar(20);\nGO\n") == "looks like SQL Server (NVARCHAR(…))");
  CHECK(skipped("CREATE INDEX i ON a (b);\nGO\n") == "looks like SQL Server (GO)");
  CHECK(skipped("SELECT [a], [b], [c] FROM [d];") == "looks like SQL Server ([names] in brackets)");
  // Even with a cast or a type of PostgreSQL's in it.
  CHECK(skipped("CREATE TABLE a (b Date DEFAULT '2020-01-01'::Date) ENGINE = MergeTree ORDER BY b;") ==
        "looks like ClickHouse (ENGINE = …)");
  CHECK(skipped("CREATE TABLE `a` (`id` serial AUTO_INCREMENT, n int unsigned);") == "looks like MySQL (backticks)");
}

TEST_CASE("a path speaks in whole segments, the nearest word last") {
  const std::string_view plain = "CREATE TABLE a (id int);";
  CHECK(skipped(plain, "db/mysql/1.sql") == "its path says MySQL (mysql)");
  CHECK(skipped(plain, "db/SQLite3/x/1.sql") == "its path says SQLite (sqlite3)");
  CHECK(skipped(plain, "db/1.mysql.up.sql") == "its path says MySQL (mysql)");
  CHECK(skipped(plain, "db/cockroach/1.sql") == "its path says CockroachDB (cockroach)");
  CHECK(skipped(plain, "db/mysql-import/1_mysql.sql").empty());
  CHECK(skipped(plain, "db/1_add_mysql_source.sql").empty());
  CHECK(skipped(plain, "mysql/postgres/1.sql").empty());
  CHECK(skipped(plain, "mysql/1.postgres.sql").empty());
  CHECK_FALSE(skipped(plain, "postgres/mysql/1.sql").empty());
  CHECK(skipped(plain, "mysql.sql").empty());
  CHECK(skipped("SELECT a::text FROM b;", "mysql/1.sql").empty());
  CHECK(skipped(plain, "services/oracle/1.sql").empty());
  CHECK(skipped("CREATE TABLE a (b clob);", "services/oracle/1.sql") == "its path says Oracle (oracle)");
}

TEST_CASE("claiming and reading take linear time on hostile text") {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view piece :
       {"{{", "${", "<%", "$a", "$a$b", "`", "/*", "'", "[a", "go\n\n", "-- +goose Up\n", "--> statement-breakpoint",
        "--changeset a:1\n", "/* liquibase rollback\n", "---- -- -", "COPY a FROM stdin;\n", "\\\n"}) {
    std::string text = "--liquibase formatted sql\n";
    if (!piece.starts_with("--changeset") && !piece.starts_with("/* liq")) text.clear();
    while (text.size() < 300'000) text += piece;
    const frontend::Claim claim = frontends::sql.claim({"1.sql", text});
    CHECK(claim.history == ".");
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}
