// Text that does not parse costs only itself, and nothing makes the reader crash, hang or lose a later statement.
#include <pthread.h>

#include <array>
#include <chrono>
#include <functional>
#include <thread>

#include "sql/fixture.h"
#include "support/catch.h"
#include "whimbrel/base/files.h"

namespace whimbrel::test {
namespace {

namespace op = ir::op;

std::string repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// Runs on a thread with the stack that readers have.
void on_small_stack(const std::function<void()>& work) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 8U << 20U);
  pthread_t thread{};
  const auto run = [](void* argument) -> void* {
    (*static_cast<const std::function<void()>*>(argument))();
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&work)) == 0);
  pthread_join(thread, nullptr);
}

void check_inside(const ir::Statement& statement, std::size_t size) {
  CHECK(statement.span.begin <= statement.span.end);
  CHECK(statement.span.end <= size);
  CHECK_FALSE(statement.steps.empty());
  for (const ir::Step& step : statement.steps) {
    CHECK(step.span.begin <= step.span.end);
    CHECK(step.span.end <= size);
    CHECK_FALSE(ir::to_string(step.operation).empty());
  }
  for (const ir::Statement& inner : statement.body) check_inside(inner, size);
}

/// The next statement is read whatever stands before it.
void check_survives(const std::string& hostile) {
  std::string kinds;
  std::size_t size = 0;
  on_small_stack([&] {
    const ReadSql read(hostile + ";\nDROP TABLE survivor;");
    kinds = read.kinds();
    size = read.parsed.statements.size();
    for (const ir::Statement& statement : read.parsed.statements) check_inside(statement, read.sources[FileId{}].text.size());
  });
  INFO(hostile.substr(0, 60));
  CHECK(size >= 1);
  CHECK(kinds.ends_with("DropTable"));
}

TEST_CASE("deep and long expressions") {
  check_survives("SELECT " + repeat("(", 50000) + "1" + repeat(")", 50000));
  check_survives("SELECT " + repeat("(", 50000));
  check_survives("SELECT " + repeat("(", 9000) + "1" + repeat(")", 9000));
  check_survives("UPDATE t SET a = 1 WHERE 1" + repeat("+1", 100000) + " > 0");
  check_survives("ALTER TABLE t ADD CHECK (1" + repeat("+1", 100000) + " > 0)");
  check_survives("UPDATE t SET a = 1 WHERE a" + repeat(" AND b", 50000));
  check_survives("SELECT 1" + repeat(" UNION SELECT 1", 50000));
  check_survives("SELECT " + repeat("CASE WHEN a THEN ", 3000) + "1" + repeat(" END", 3000));
  check_survives("SELECT 1" + repeat("::int", 100000));
  check_survives("SELECT a" + repeat("[1]", 50000));
  check_survives("SELECT " + repeat("f(", 3000) + "1" + repeat(")", 3000));
  check_survives("SELECT * FROM a" + repeat(" JOIN b ON true", 20000));
  check_survives("SELECT " + repeat("- ", 50000) + "1");
  check_survives("SELECT 'a'" + repeat("\n'a'", 50000));
  check_survives("SELECT xmlconcat(1" + repeat("+1", 100000) + ")");
  check_survives("DO $$ BEGIN " + repeat("IF a THEN ", 20000) + repeat("END IF; ", 20000) + " END $$");
  check_survives("DO $$ BEGIN EXECUTE " + repeat("format('%s', ", 3000) + "'a'" + repeat(")", 3000) + "; END $$");
}

TEST_CASE("what lies beyond the bounds is counted, and what stands around it is read") {
  const auto read = [](const std::string& text, sql::Limits limits) {
    return sql::parse(sql::HostText::plain(text, FileId{}), {.limits = limits});
  };
  const std::string longer = "INSERT INTO t VALUES (1" + repeat(", 1", 100) + ")";
  const std::string text = "SELECT 1;\n" + longer + ";\nDROP TABLE a;\n";
  const sql::Parsed long_statement = read(text, {.statement_bytes = 100});
  REQUIRE(long_statement.statements.size() == 3);
  CHECK(std::holds_alternative<op::Opaque>(long_statement.statements[1].steps.at(0).operation));
  CHECK(long_statement.statements[1].span == Span{FileId{}, 10, static_cast<std::uint32_t>(10 + longer.size())});
  CHECK(long_statement.statements[2].kind == "DropTable");
  REQUIRE(long_statement.unknown.size() == 1);
  CHECK(long_statement.unknown[0].beyond_bounds);
  CHECK(read(text, {.statement_bytes = static_cast<std::uint32_t>(longer.size())}).unknown.empty());

  for (const std::string& one : {std::string("SELECT 1;\n"), std::string("/* a comment */\n")}) {
    const std::string many = repeat(one, 20) + "DROP TABLE a;\nDROP TABLE b;\n";
    const sql::Parsed rest = read(many, {.statements = 20});
    REQUIRE(rest.unknown.size() == 1);
    CHECK(rest.unknown[0].beyond_bounds);
    CHECK(rest.unknown[0].span.begin == many.find("DROP TABLE a"));
    CHECK(rest.unknown[0].span.end == many.size());
    CHECK(rest.statements.back().span == rest.unknown[0].span);
    CHECK(read(many, {.statements = 22}).unknown.empty());
  }
}

TEST_CASE("broken quotes, brackets, bytes") {
  check_survives("SELECT 'a");
  check_survives("SELECT \"a");
  check_survives("SELECT $a$ b");
  check_survives("SELECT E'\\");
  check_survives("/* never closed");
  check_survives("/* /* half closed */");
  check_survives(repeat("]", 1000) + repeat("[", 1000));
  check_survives("\xff\xfe SELECT '\xff'");
  check_survives(std::string("SELECT 1;\0DROP", 14));
  check_survives(repeat("{{ a\n", 1000));
  check_survives(repeat(":", 1000));
  check_survives("\\");
  check_survives("{{");
  check_survives("SELECT ${");
}

TEST_CASE("a NUL hides nothing") {
  const ReadSql read(std::string("SELECT 1;\0 DROP TABLE a;", 24));
  CHECK(read.kinds() == "Select Invalid");
}

TEST_CASE("every prefix and every hole of the fixtures reads") {
  const std::string folder = std::string(WHIMBREL_SOURCE_DIR) + "/testdata/sql/";
  for (const std::string& name : list_folder(folder)) {
    if (!name.ends_with(".sql")) continue;
    const std::string text = read_file(folder + name).value_or("");
    for (std::size_t cut = 0; cut < text.size(); cut += 97) {
      for (const std::string& broken : {text.substr(0, cut), text.substr(0, cut) + text.substr(std::min(text.size(), cut + 5))}) {
        const ReadSql read(broken);
        for (const ir::Statement& statement : read.parsed.statements) check_inside(statement, broken.size());
      }
    }
  }
}

TEST_CASE("several threads read at once") {
  const std::string folder = std::string(WHIMBREL_SOURCE_DIR) + "/testdata/sql/";
  std::string all;
  for (const std::string& name : list_folder(folder)) {
    if (name.ends_with(".sql")) all += read_file(folder + name).value_or("");
  }
  const std::string expected = ReadSql(all).kinds();
  std::array<std::string, 4> kinds;
  {
    std::vector<std::jthread> threads;
    for (std::string& mine : kinds) threads.emplace_back([&all, &mine] { mine = ReadSql(all).kinds(); });
  }
  for (const std::string& mine : kinds) CHECK(mine == expected);
}

TEST_CASE("many statements, and many broken ones, take linear time") {
  const auto seconds = [](const std::string& text) {
    const auto begin = std::chrono::steady_clock::now();
    const ReadSql read(text);
    CHECK_FALSE(read.parsed.statements.empty());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  for (const std::string line : {"SELECT 1;\n", "CREATE TABLE b (y int)\n", "INSERT INTO a VALUES ('it's');\n", "COPY a FROM stdin;\n", "SELECT :a, '${b}', ${c};\n"}) {
    INFO(line);
    CHECK(seconds(repeat(line, 20000)) < 20);  // quadratic would be hours
  }
}

TEST_CASE("statements that were lost by a neighbour's mistake") {
  const auto kinds = [](const std::string& text) { return ReadSql(text).kinds(); };
  CHECK(kinds("CREATE TABLE a (x int)\nCREATE TABLE b (y int)\nDROP TABLE c") == "CreateTable CreateTable DropTable");
  CHECK(kinds("CREATE VIEW v AS\nSELECT 1 FROM;\nDROP TABLE c;") == "Invalid DropTable");
  CHECK(kinds("ALTER TABLE t\n  ADD COLUMN a int\n  DROP COLUMN b;") == "Invalid");
  CHECK(kinds("INSERT INTO a VALUES ('it's');\nUPDATE b SET c = 'x';\nDROP TABLE c;") == "Invalid Update DropTable");
  CHECK(kinds("SELECT (1;\nDROP TABLE c;") == "Invalid DropTable");
  CHECK(kinds("CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);DROP TABLE c") == "CreateRule DropTable");
  CHECK(kinds("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; END;DROP TABLE c") == "CreateFunction DropTable");
  CHECK(kinds("BEGIN;;;\n;COMMIT") == "Begin Commit");
  CHECK(kinds("\xef\xbb\xbf" "DROP TABLE a;\r\nDROP TABLE b;\r\n") == "DropTable DropTable");
}

TEST_CASE("an invalid statement says where it stopped") {
  const ReadSql read("DROP TABLE a; ALTER TABLE t ADD COLUMN b itn nul;");
  REQUIRE(read.kinds() == "DropTable Invalid");
  const auto& invalid = read.first<op::Invalid>(1);
  CHECK(invalid.message == "syntax error at or near \"nul\"");
  CHECK(read.text(invalid.at) == "nul");
}

}  // namespace
}  // namespace whimbrel::test
