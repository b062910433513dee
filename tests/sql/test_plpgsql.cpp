// PL/pgSQL bodies: our splitter against libpg_query's own parser, by the number of SQL statements in each body.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "sql/fixture.h"
#include "support/catch.h"

extern "C" {
#include "pg_query.h"
}

namespace whimbrel::test {
namespace {

/// SQL statements, PERFORM, queries of loops and CALL in libpg_query's tree. Expressions are not counted.
int count_sql(const nlohmann::json& node) {
  int count = 0;
  if (node.is_array()) {
    for (const auto& item : node) count += count_sql(item);
  } else if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      static const std::vector<std::string> kKinds = {"PLpgSQL_stmt_execsql", "PLpgSQL_stmt_perform", "PLpgSQL_stmt_fors", "PLpgSQL_stmt_call",
                                                      "PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors", "PLpgSQL_stmt_return_query",
                                                      "PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"};
      if (std::ranges::find(kKinds, key) != kKinds.end()) ++count;
      count += count_sql(value);
    }
  }
  return count;
}

int server_count(const std::string& body) {
  const std::string sql = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $whimbrel$" + body + "$whimbrel$";
  const PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(sql.c_str());
  const int count = result.error != nullptr ? -1 : count_sql(nlohmann::json::parse(result.plpgsql_funcs));
  if (result.error != nullptr) UNSCOPED_INFO(result.error->message);
  pg_query_free_plpgsql_parse_result(result);
  return count;
}

TEST_CASE("as many statements as the server's parser finds") {
  for (const std::string body : {
           "BEGIN DELETE FROM a; UPDATE b SET c = 1; END",
           "DECLARE x int := 1; y text DEFAULT 'a'; BEGIN SELECT 1 INTO x; INSERT INTO t VALUES (x) RETURNING id INTO STRICT x; END",
           "BEGIN IF a THEN DROP TABLE x; ELSIF b THEN DROP TABLE y; ELSE DROP TABLE z; END IF; END",
           "BEGIN CASE a WHEN 1, 2 THEN DELETE FROM x; WHEN 3 THEN NULL; ELSE DELETE FROM y; END CASE; END",
           "DECLARE r record; BEGIN FOR r IN SELECT * FROM t WHERE a LOOP UPDATE u SET b = r.c; END LOOP; END",
           "DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT 1' USING 1 LOOP NULL; END LOOP; END",
           "BEGIN FOR i IN REVERSE 10..1 BY 2 LOOP PERFORM f(i); END LOOP; END",
           "BEGIN <<a>> LOOP EXIT a WHEN true; CONTINUE; END LOOP a; END",
           "DECLARE x int; BEGIN FOREACH x SLICE 0 IN ARRAY ARRAY[1] LOOP DELETE FROM t; END LOOP; END",
           "DECLARE x int; BEGIN WHILE x > 0 LOOP x := x - 1; END LOOP; BEGIN DELETE FROM t; EXCEPTION WHEN others THEN DELETE FROM u; WHEN sqlstate '22012' THEN NULL; END; END",
           "DECLARE n int; BEGIN GET DIAGNOSTICS n = ROW_COUNT; RAISE NOTICE 'a; b %', n USING HINT = 'x'; ASSERT n > 0, 'm'; END",
           "DECLARE c CURSOR FOR SELECT 1; r record; BEGIN OPEN c; FETCH c INTO r; MOVE c; CLOSE c; END",
           "BEGIN EXECUTE 'DROP TABLE a'; EXECUTE format('DROP TABLE %I', 'b'); END",
           "BEGIN COMMIT; ROLLBACK AND CHAIN; CALL p(1); END",
           "BEGIN -- a; b\n /* ; */ DELETE FROM t WHERE a = ';' AND b = $q$;$q$; END",
           "DECLARE a int[]; r record; BEGIN a[1] := 2; r.x := 3; a[1] = 2; END",
           "BEGIN CREATE TABLE t AS SELECT 1; ALTER TABLE t ADD COLUMN x int; CREATE INDEX ON t (x); END",
           "BEGIN WITH x AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM x; END",
           "BEGIN MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE; IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c; END",
       }) {
    INFO(body);
    const ReadSql read("DO $whimbrel$" + body + "$whimbrel$");
    REQUIRE(read.kinds() == "Do");
    int ours = 0;
    for (const ir::Statement& inner : read.statement(0).body) {
      CHECK(inner.kind != "Invalid");
      if (inner.kind == "Select" && body.find("CURSOR") != std::string::npos) continue;  // a declaration's query, no statement of its own
      ++ours;
    }
    CHECK(ours == server_count(body));
  }
}

TEST_CASE("what may not run says so") {
  const ReadSql read(
      "DO $$ BEGIN DELETE FROM a; IF x THEN DELETE FROM b; END IF; DELETE FROM c; LOOP DELETE FROM d; EXIT; END LOOP; "
      "BEGIN DELETE FROM e; EXCEPTION WHEN others THEN DELETE FROM f; END; DELETE FROM g; FOR r IN SELECT 1 LOOP DELETE FROM h; END LOOP; END $$");
  std::string certain;
  for (const ir::Statement& inner : read.statement(0).body) {
    if (inner.kind != "Delete") continue;
    if (inner.runs == Tri::yes) certain += std::get<ir::op::Delete>(inner.steps[0].operation).table.value.name;
  }
  CHECK(certain == "acdeg");
}

TEST_CASE("EXECUTE's text at its true place") {
  const ReadSql read("DO 'BEGIN EXECUTE ''ALTER TABLE a ADD COLUMN b text DEFAULT ''''x''''''; END'");
  REQUIRE(read.statement(0).body.size() == 1);
  const ir::Statement& inner = read.statement(0).body[0];
  CHECK(read.text(inner.steps.at(0).span) == "ADD COLUMN b text DEFAULT ''''x''''");
  CHECK(read.text(std::get<ir::op::AddColumn>(inner.steps[0].operation).column.name.span) == "b");
}

}  // namespace
}  // namespace whimbrel::test
