// Which statement a suppression comment speaks of, and what it says.
#include "engine/cover.h"
#include "engine/directive.h"
#include "support/catch.h"
#include "whimbrel/finding/rule_info.h"

using namespace whimbrel;
using namespace whimbrel::engine;

namespace {

/// The text with its statements in {} and its comment in <>, which are taken out first.
struct Marked {
  std::string text;
  Span comment;
  std::vector<Span> statements;

  explicit Marked(std::string_view marked) {
    std::vector<std::uint32_t> open;
    for (const char c : marked) {
      const auto at = static_cast<std::uint32_t>(text.size());
      if (c == '{') {
        open.push_back(at);
      } else if (c == '}') {
        statements.push_back({{}, open.back(), at});
        open.pop_back();
      } else if (c == '<') {
        comment.begin = at;
      } else if (c == '>') {
        comment.end = at;
      } else {
        text += c;
      }
    }
  }
  [[nodiscard]] std::string covered() const {
    const Cover cover = find_cover(text, comment, statements);
    if (cover.statement.empty()) return "line " + text.substr(cover.line_begin, cover.line_end - cover.line_begin);
    return text.substr(cover.statement.begin, cover.statement.size());
  }
};

std::string covered(std::string_view marked) { return Marked(marked).covered(); }

ParsedDirective parsed(const std::string& text) {
  return parse_directive({{{}, 100, 100 + static_cast<std::uint32_t>(text.size()) + 3}, text, 103});
}

}  // namespace

TEST_CASE("above a statement, with comments and blank lines between") {
  CHECK(covered("{one};\n<-- c>\n{two};\n{three};") == "two");
  CHECK(covered("{one};\n<-- c>\n\n-- why\n/* a /* nested */ one */\n  {two};") == "two");
  CHECK(covered("<-- c>\n{one}; {two};") == "one");
  CHECK(covered("</* c */> {one};\n{two};") == "one");
}

TEST_CASE("behind a statement, or inside it") {
  CHECK(covered("{one}; <-- c>\n{two};") == "one");
  CHECK(covered("{one}; {two}; <-- c>\n{three};") == "two");
  CHECK(covered("{one\n  more}; <-- c>\n{two};") == "one\n  more");
  CHECK(covered("{one <-- c>\n more};\n{two};") == "one -- c\n more");
  CHECK(covered("{one\n<-- c>\n more};\n{two};") == "one\n-- c\n more");
}

TEST_CASE("in a block the inner statement counts, and the block where there is none") {
  CHECK(covered("{DO {a};\n<-- c>\n{b}; END};") == "b");
  CHECK(covered("{DO {a}; <-- c>\n{b}; END};") == "a");
  CHECK(covered("{DO {a};\n<-- c>\nEND};\n{b};") == "DO a;\n-- c\nEND");
  CHECK(covered("<-- c>\n{DO {a}; {b}; END};") == "DO a; b; END");
  CHECK(covered("{DO {a}}; <-- c>") == "DO a");
}

TEST_CASE("no statement: the line of code") {
  CHECK(covered("<# c>\n# other\nrevision = 1\n{op}") == "line revision = 1");
  CHECK(covered("revision = 1  <# c>\n{op}") == "line revision = 1  ");
  CHECK(covered("<# c>\nconn.{execute}(1)") == "execute");
  CHECK(covered("{one};\n<-- c>\n") == "line ");
  CHECK(covered("{one};\n\n<-- c>\n\\set x\n{two};") == "line \\set x");
}

TEST_CASE("above a Python block: all of it") {
  CHECK(covered("def up():\n  <# c>\n  with a() as b:\n    b.{one}\n\n    b.{two}\n  {three}\n") ==
        "line with a() as b:\n    b.one\n\n    b.two");
  CHECK(covered("<# c>\nwith a(\n  x,\n) as b:\n  b.{one}\n{two}\n") == "line with a(\n  x,\n) as b:\n  b.one");
  CHECK(covered("<# c>\ndef up():\n  pass") == "line def up():\n  pass");
}

TEST_CASE("a directive names rules") {
  const auto one = parsed("whimbrel: ignore drop-table (it is empty, since 2019)");
  REQUIRE(one.rules.size() == 1);
  CHECK(rule_info(one.rules[0].value).name == "drop-table");
  CHECK(one.rules[0].span.begin == 103 + 17);
  CHECK(one.rules[0].span.end == 103 + 27);
  CHECK(one.mistakes.empty());
  CHECK_FALSE(one.whole_file);
  CHECK(parsed("whimbrel: ignore drop-table, drop-column").rules.size() == 2);
  CHECK(parsed("whimbrel:ignore-file drop-table drop-column (x)").whole_file);
  CHECK(parsed("whimbrel:ignore-file drop-table drop-column (x)").rules.size() == 2);
  CHECK(parsed("whimbrel: ignore drop-table because nobody reads it").mistakes.empty());
  CHECK(parsed("whimbrel: ignore " + std::string(rule_info(one.rules[0].value).code)).rules.size() == 1);
}

TEST_CASE("a directive that names none, or something else") {
  const auto wrong = parsed("whimbrel: ignore drop-tabel (x)");
  CHECK(wrong.rules.empty());
  REQUIRE(wrong.mistakes.size() == 1);
  CHECK(wrong.mistakes[0].message.contains("drop-table"));
  CHECK(wrong.mistakes[0].span.begin == 103 + 17);
  CHECK(parsed("whimbrel: ignore drop-table, nonsense").mistakes.size() == 1);
  CHECK(parsed("whimbrel: ignore").mistakes.size() == 1);
  CHECK(parsed("whimbrel: ignore (everything)").mistakes.size() == 1);
  CHECK(parsed("whimbrel: disable drop-table").mistakes.size() == 1);
  CHECK(parsed("whimbrel: ignor drop-table").mistakes[0].message.contains("did you mean 'ignore'"));
}
