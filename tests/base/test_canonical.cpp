// SQL without its layout, and programs that are run.
#include "support/catch.h"
#include "whimbrel/base/canonical.h"
#include "whimbrel/base/process.h"

using namespace whimbrel;

TEST_CASE("layout, comments and case do not matter") {
  CHECK(canonical_sql("Create  TABLE\n\tt(a Int)") == "create table t ( a int )");
  CHECK(canonical_sql("SELECT a--b\n,/* c /* d */ e */ b") == "select a , b");
  CHECK(canonical_sql("a = 1") == canonical_sql("a=1"));
  CHECK(canonical_sql("DO $x$ BEGIN -- c\n  DROP TABLE t; END $x$") == canonical_sql("do $$begin drop table t; end$$"));
}

TEST_CASE("what is quoted does") {
  CHECK(canonical_sql("'A  -- b' \"C  d\" E'\\'  X' 'it''s'") == "'A  -- b' \"C  d\" E'\\'  X' 'it''s'");
  CHECK(canonical_sql("SELECT $1, a$b") == "select $1 , a$b");
  CHECK(canonical_sql("$$a $b$ c  d $b$") == canonical_sql("$$a $b$ c d $b$"));
  for (const char* broken : {"'", "\"", "E'\\", "/*", "$$", "$a$ $b$", "--"}) CHECK_NOTHROW(canonical_sql(broken));
}

TEST_CASE("a program is fed and drained at once") {
  const std::string text(1 << 20, 'x');
  const auto echoed = run_process({.command = {"cat"}, .input = text, .environment = {}});
  REQUIRE(echoed);
  CHECK(echoed->output == text);
  const auto deaf = run_process({.command = {"true"}, .input = text, .environment = {}});
  REQUIRE(deaf);
  CHECK(deaf->status == 0);
}

TEST_CASE("how a program ends, and what it sees") {
  const auto said = run_process({.command = {"sh", "-c", "echo \"$A:$HOME\"; echo no >&2; exit 3"}, .input = {}, .environment = {"A=1", "HOME"}});
  REQUIRE(said);
  CHECK(said->output == "1:\n");
  CHECK(said->complaint == "no\n");
  CHECK(said->status == 3);
  CHECK_FALSE(run_process({.command = {"no-such-program-anywhere"}, .input = {}, .environment = {}}));
  CHECK_FALSE(run_process({.command = {"cat"}, .input = "more than is allowed", .environment = {}, .largest_output = 5}));
}
