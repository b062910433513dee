// Lines and columns, spans of sources, lock modes.
#include <string>
#include <string_view>

#include "support/catch.h"
#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/source.h"

using namespace whimbrel;

TEST_CASE("lines end after \\n, \\r\\n or a lone \\r") {
  constexpr std::string_view text = "a\nbc\r\nd\re";
  const LineIndex index(text);
  CHECK(index.line_count() == 4);
  CHECK(index.line(text, 1) == "a");
  CHECK(index.line(text, 2) == "bc");
  CHECK(index.line(text, 3) == "d");
  CHECK(index.line(text, 4) == "e");
  CHECK(index.line(text, 5).empty());
  CHECK(index.line(text, 0).empty());
  CHECK(index.position(text, 0) == Position{1, 1});
  CHECK(index.position(text, 1) == Position{1, 2});
  CHECK(index.position(text, 2) == Position{2, 1});
  CHECK(index.position(text, 6) == Position{3, 1});
  CHECK(index.position(text, 8) == Position{4, 1});
  CHECK(index.position(text, 99) == Position{4, 2});
}

TEST_CASE("columns count code points, an offset inside of one is its beginning") {
  constexpr std::string_view text = "ü€x";
  const LineIndex index(text);
  CHECK(index.position(text, 2) == Position{1, 2});
  CHECK(index.position(text, 3) == Position{1, 2});
  CHECK(index.position(text, 5) == Position{1, 3});
  CHECK(index.position(text, 6) == Position{1, 4});
}

TEST_CASE("an empty text has one line, a last newline begins another") {
  CHECK(LineIndex("").line_count() == 1);
  CHECK(LineIndex("").position("", 5) == Position{1, 1});
  CHECK(LineIndex("a\n").line_count() == 2);
}

TEST_CASE("a span outside of its file is empty") {
  Sources sources;
  const FileId id = sources.add({"a.sql", "SELECT 1"});
  CHECK(sources.text({id, 0, 6}) == "SELECT");
  CHECK(sources.text({id, 7, 9}).empty());
  CHECK(sources.text({id, 6, 2}).empty());
  CHECK(sources.text({FileId{7}, 0, 1}).empty());
}

TEST_CASE("lock modes conflict as the manual's table says") {
  // Rows: held; columns: wanted; in the manual's order. Table 13.2 of "Explicit Locking".
  constexpr std::string_view kRows[] = {"       X", "      XX", "    XXXX", "   XXXXX",
                                        "  XX XXX", "  XXXXXX", " XXXXXXX", "XXXXXXXX"};
  for (std::size_t held = 0; held < 8; ++held) {
    for (std::size_t wanted = 0; wanted < 8; ++wanted) {
      INFO(held << " " << wanted);
      CHECK(conflicts(static_cast<LockMode>(held + 1), static_cast<LockMode>(wanted + 1)) ==
            (kRows[held][wanted] == 'X'));
    }
    CHECK_FALSE(conflicts(static_cast<LockMode>(held + 1), LockMode::none));
    CHECK_FALSE(conflicts(LockMode::none, static_cast<LockMode>(held + 1)));
  }
  CHECK(blocks_reads(LockMode::access_exclusive));
  CHECK_FALSE(blocks_reads(LockMode::exclusive));
  CHECK(blocks_writes(LockMode::share));
  CHECK_FALSE(blocks_writes(LockMode::share_update_exclusive));
  CHECK(lock_mode_name(LockMode::share_row_exclusive) == "SHARE ROW EXCLUSIVE");
}
