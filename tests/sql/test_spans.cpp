// Spans, by the text they cover.
#include "sql/fixture.h"
#include "support/catch.h"

namespace whimbrel::test {
namespace {

namespace op = ir::op;

TEST_CASE("a statement reaches from its first to its last token") {
  const ReadSql read("-- c\n\n  SELECT 1 /* x */ ;\n /* y */ DROP TABLE a -- z\n");
  REQUIRE(read.kinds() == "Select DropTable");
  CHECK(read.text(read.statement(0).span) == "SELECT 1");
  CHECK(read.text(read.statement(1).span) == "DROP TABLE a");
  REQUIRE(read.parsed.comments.size() == 4);
  CHECK(read.parsed.comments[3].text == "-- z");
}

TEST_CASE("columns and their clauses") {
  const ReadSql read(
      "ALTER TABLE app.users /* c */ ADD COLUMN IF NOT EXISTS email varchar(20) COLLATE \"C\" CONSTRAINT nn NOT NULL DEFAULT lower('A') || ('b') "
      "UNIQUE CHECK (email <> '') REFERENCES o (id) DEFERRABLE, DROP COLUMN b CASCADE");
  const auto& add = read.first<op::AddColumn>();
  CHECK(read.text(add.table.span) == "app.users");
  CHECK(read.text(add.column.name.span) == "email");
  CHECK(read.text(add.column.type.span) == "varchar(20)");
  REQUIRE(add.column.not_null);
  CHECK(read.text(*add.column.not_null) == "CONSTRAINT nn NOT NULL");
  CHECK(read.text(add.column.default_span) == "DEFAULT lower('A') || ('b')");
  CHECK(read.text(add.column.default_value->span) == "lower('A') || ('b')");
  REQUIRE(add.column.constraints.size() == 4);
  CHECK(read.text(add.column.constraints[1].span) == "UNIQUE");
  CHECK(read.text(add.column.constraints[2].span) == "CHECK (email <> '')");
  CHECK(read.text(add.column.constraints[3].span) == "REFERENCES o (id) DEFERRABLE");
  CHECK(read.text(add.column.constraints[3].referenced_columns.at(0).span) == "id");
  CHECK(read.text(read.statement(0).steps[0].span).starts_with("ADD COLUMN IF NOT EXISTS email"));
  CHECK(read.text(read.statement(0).steps[0].span).ends_with("DEFERRABLE"));
  CHECK(read.text(read.statement(0).steps[1].span) == "DROP COLUMN b CASCADE");
}

TEST_CASE("keywords and names of statements without locations") {
  const ReadSql read(
      "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a, lower(b) DESC) INCLUDE (c) WHERE (a > 1);"
      "DROP INDEX CONCURRENTLY IF EXISTS x.a, \"B\";REINDEX (VERBOSE) TABLE t;ALTER TABLE t RENAME COLUMN a TO \"b c\";"
      "COMMENT ON COLUMN s.t.c IS 'x';ALTER TYPE m ADD VALUE IF NOT EXISTS 'a' BEFORE 'b';DROP TRIGGER tr ON s.t;CREATE TYPE e AS ENUM ('a', 'b');"
      "COMMENT ON INDEX s.i IS NULL");
  const auto& index = read.first<op::CreateIndex>(0);
  CHECK(read.text(index.index_keyword) == "INDEX");
  CHECK(read.text(index.name.span) == "i");
  CHECK(read.text(index.elements.at(1).span) == "lower(b) DESC");
  CHECK(read.text(index.including.at(0).span) == "c");
  CHECK(read.text(index.predicate->span) == "a > 1");
  CHECK(read.text(read.first<op::DropIndex>(1).index_keyword) == "INDEX");
  CHECK(read.text(read.first<op::DropIndex>(1).index.span) == "x.a");
  CHECK(read.text(read.statement(1).steps[1].span) == "\"B\"");
  CHECK(read.text(read.first<op::Reindex>(2).kind_keyword) == "TABLE");
  CHECK(read.text(read.first<op::RenameColumn>(3).column.span) == "a");
  CHECK(read.text(read.first<op::RenameColumn>(3).new_name.span) == "\"b c\"");
  CHECK(read.text(read.first<op::Comment>(4).object.span) == "s.t");
  CHECK(read.text(read.first<op::Comment>(4).sub.span) == "c");
  CHECK(read.text(read.first<op::AddEnumValue>(5).value.span) == "'a'");
  CHECK(read.text(read.first<op::AddEnumValue>(5).neighbor.span) == "'b'");
  CHECK(read.text(read.first<op::DropTrigger>(6).table.span) == "s.t");
  CHECK(read.text(read.first<op::CreateType>(7).labels.at(1).span) == "'b'");
  CHECK(read.text(read.first<op::Comment>(8).object.span) == "s.i");
}

TEST_CASE("expressions reach over all that belongs to them") {
  const auto covered = [](const std::string& expression) {
    const ReadSql read("UPDATE t SET a = 1 WHERE " + expression + " ;");
    return read.text(read.first<op::Update>().where->span);
  };
  for (const std::string expression : {
           "a", "s.t.a", "a = 1", "(a + b) * c = 2", "a IS NOT NULL", "a ISNULL", "NOT a", "a IN (1, 2)", "a NOT IN (SELECT 1)", "EXISTS (SELECT 1)",
           "f(a, (b))", "count(*) FILTER (WHERE a) OVER (PARTITION BY b)", "rank() OVER w", "a::numeric(10, 2)[]", "CAST(a AS time with time zone)",
           "a COLLATE \"C\"", "CASE WHEN a THEN (b) ELSE (c) END", "a AT TIME ZONE 'utc'", "extract(year FROM a)", "a BETWEEN 1 AND (2)",
           "ARRAY[1, (2)]", "ROW(1, 2)", "(1, 2) = (3, 4)", "a[1][2]", "(a).b", "a = ANY ('{1}'::int[])", "interval '1 day'", "interval '1' day to second",
           "date '2020-01-01'", "current_timestamp(3)", "coalesce(a, (b))", "nullif(a, b)", "a IS NOT TRUE", "a IS DISTINCT FROM (b)", "-1", "- a",
           "a LIKE 'x' ESCAPE '!'", "TRUE", "NULL", "$1", "a AND (b OR c)", "trim(both from a)", "percentile_cont(0.5) WITHIN GROUP (ORDER BY a)",
           "a ? 'b'", "'x' 'y'", "a = 'x'\n  'y'", "json_object('a': 1)", "substring(a from 1 for 2)", "a IS NORMALIZED", "greatest(1, 2) > 1"}) {
    INFO(expression);
    if (expression == "'x' 'y'") continue;  // two constants on one line are no constant
    CHECK(covered(expression) == expression);
  }
  CHECK(covered("((a))") == "a");
}

TEST_CASE("positions of errors count bytes") {
  const ReadSql read("SELECT 'äöü€', !;");
  REQUIRE(read.kinds() == "Invalid");
  CHECK(read.text(read.first<op::Invalid>().at) == "!");
}

}  // namespace
}  // namespace whimbrel::test
