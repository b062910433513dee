// Expressions, types and names standing alone; text inside other files; string constants.
#include "sql/decode.h"
#include "sql/fixture.h"
#include "support/catch.h"

namespace whimbrel::test {
namespace {

std::string type(std::string_view text) {
  const std::optional<ir::TypeName> read = sql::parse_type(text);
  return read ? ir::to_sql(*read) : "nothing";
}

std::string expression(const std::string& text) {
  const ir::ExprPtr read = sql::parse_expression(sql::HostText::plain(text, FileId{}));
  return read ? ir::to_sql(*read) : "nothing";
}

TEST_CASE("types are spelled as format_type does") {
  for (const auto& [written, spelled] : std::vector<std::pair<std::string, std::string>>{
           {"int", "integer"}, {"INT4", "integer"}, {"pg_catalog.int8", "bigint"}, {"varchar(20)", "character varying(20)"}, {"varchar", "character varying"},
           {"char", "character(1)"}, {"char(3)", "character(3)"}, {"bpchar", "bpchar"}, {"\"char\"", "\"char\""}, {"timestamptz(3)", "timestamp(3) with time zone"},
           {"timestamp", "timestamp without time zone"}, {"time(0) with time zone", "time(0) with time zone"}, {"numeric(10, 2)[]", "numeric(10,2)[]"},
           {"decimal", "numeric"}, {"float(24)", "real"}, {"float(25)", "double precision"}, {"float", "double precision"}, {"bit", "bit(1)"},
           {"bit varying(5)", "bit varying(5)"}, {"interval day to second(3)", "interval day to second(3)"}, {"interval(3)", "interval(3)"},
           {"int[3][3]", "integer[]"}, {"text ARRAY[4]", "text[]"}, {"text array", "text[]"}, {"mood", "mood"}, {"app.\"Mood\"", "app.\"Mood\""},
           {"national character varying(5)", "character varying(5)"}, {"bool", "boolean"}, {"jsonb", "jsonb"}, {"serial", "serial"},
           {"geometry(Point, 4326)", "geometry(4326)"}, {"int; drop", "nothing"}, {"", "nothing"}, {"1", "nothing"}}) {
    INFO(written);
    CHECK(type(written) == spelled);
  }
}

TEST_CASE("expressions standing alone") {
  CHECK(expression("now()") == "now()");
  CHECK(expression(" 'x'::character varying ") == "'x'::character varying");
  CHECK(expression("(a + b) * c") == "(a + b) * c");
  CHECK(expression("a OR b AND NOT c") == "a OR b AND NOT c");
  CHECK(expression("(a OR b) AND c") == "(a OR b) AND c");
  CHECK(expression("a - (b - c)") == "a - (b - c)");
  CHECK(expression("(a || b) COLLATE \"C\"") == "(a || b) COLLATE \"C\"");
  CHECK(expression("- (- a)") == "- -a");
  CHECK(expression("a IN (1, 2) = b") == "a IN (1, 2) = b");
  CHECK(expression("CASE WHEN a THEN 1 ELSE 2 END") == "CASE WHEN a THEN 1 ELSE 2 END");
  CHECK(expression("'it''s' || E'\\\\'") == "'it''s' || E'\\\\'");
  CHECK(expression("") == "nothing");
  CHECK(expression("1, 2") == "nothing");
  CHECK(expression("1 FROM t") == "nothing");
  CHECK(expression("1; DROP TABLE t") == "nothing");
  CHECK(expression("a b") == "nothing");
  const std::string text = "  lower( a ) > 1 ";
  const ir::ExprPtr read = sql::parse_expression(sql::HostText::plain(text, FileId{}, 100));
  REQUIRE(read);
  CHECK(read->span.begin == 102);
  CHECK(read->span.end == 116);
  CHECK(read->args.at(0)->span.begin == 102);
  CHECK(read->args.at(0)->span.end == 112);
}

TEST_CASE("the same meaning") {
  const auto same = [](const std::string& left, const std::string& right) {
    return ir::same_meaning(*sql::parse_expression(sql::HostText::plain(left, FileId{})), *sql::parse_expression(sql::HostText::plain(right, FileId{})));
  };
  CHECK(same("a IS NOT NULL", "((a IS NOT NULL))"));
  CHECK(same("'x'::text", "'x'"));
  CHECK(same("pg_catalog.now()", "now()"));
  CHECK(same("a <> 1", "a != 1"));
  CHECK_FALSE(same("'1'::int", "'1'::text"));
  CHECK_FALSE(same("a", "b"));
  CHECK_FALSE(same("f(a)", "f(a, b)"));
  CHECK_FALSE(same("(SELECT 1)", "(SELECT 1)"));
}

TEST_CASE("names fold as the server folds them") {
  const auto name = [](std::string_view text) {
    const std::optional<ir::QualifiedName> read = sql::parse_qualified_name(text);
    return read ? read->schema + "|" + read->name : "nothing";
  };
  CHECK(name("Users") == "|users");
  CHECK(name("\"A\".b") == "A|b");
  CHECK(name(" app . \"x\"\"y\" ") == "app|x\"y");
  CHECK(name("db.app.t") == "app|t");
  CHECK(name("a b") == "nothing");
  CHECK(name("a.") == "nothing");
  CHECK(name("") == "nothing");
  CHECK(name("1") == "nothing");
}

TEST_CASE("SQL inside a decoded text points into the file") {
  // A Python literal: "ALTER TABLE t\n ADD COLUMN b int" with \n as two bytes, at byte 10 of the file.
  const std::string text = "ALTER TABLE t\n ADD COLUMN b int";
  const auto host = sql::HostText::decoded(text, FileId{}, {{0, 10, 23, true}, {13, 23, 25, false}, {14, 25, 42, true}});
  const sql::Parsed parsed = sql::parse(host);
  REQUIRE(parsed.statements.size() == 1);
  CHECK(parsed.statements[0].span == Span{FileId{}, 10, 42});
  CHECK(parsed.statements[0].steps.at(0).span == Span{FileId{}, 26, 42});
  CHECK(host.part(12, 20).span(1, 3) == Span{FileId{}, 23, 26});
}

TEST_CASE("string constants") {
  const auto decoded = [](const std::string& source) {
    const auto host = sql::HostText::plain(source, FileId{});
    sql::Lexer lexer(source, {}, 0, static_cast<std::uint32_t>(source.size()));
    sql::Token token;
    REQUIRE(lexer.next(token));
    return std::string(sql::decode_string(host, token).host.text());
  };
  CHECK(decoded("'a'") == "a");
  CHECK(decoded("''") == "");
  CHECK(decoded("'it''s'") == "it's");
  CHECK(decoded("E'a\\n\\x41\\101\\u00e9\\\\'") == "a\nAA\xc3\xa9\\");
  CHECK(decoded("'a'\n  'b'") == "ab");
  CHECK(decoded("$$a'b$$") == "a'b");
  CHECK(decoded("$x$ $$ $x$") == " $$ ");
}

TEST_CASE("bound parameters of Python's SQL") {
  sql::Options options;
  options.psql = false;
  options.placeholders = true;
  const ReadSql read("DELETE FROM t WHERE d = %s AND e ? 'f' AND g % s = 1", options);
  REQUIRE(read.kinds() == "Delete");
  CHECK(ir::to_string(read.statement(0).steps[0].operation) == "Delete t where d = %s AND e ? 'f' AND g % s = 1 filtered");
  const ReadSql update("UPDATE t SET a = :a, b = %(b)s, c = ? WHERE d = %s AND e::int = ?", options);
  REQUIRE(update.kinds() == "Update");
  CHECK(ir::to_string(update.statement(0).steps[0].operation) == "Update t (a, b, c) where d = %s AND e::integer = ? filtered");
}

}  // namespace
}  // namespace whimbrel::test
