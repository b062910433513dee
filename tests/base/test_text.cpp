// Text: UTF-8, printable, nearest names, globs.
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "support/catch.h"
#include "whimbrel/base/text.h"

using namespace whimbrel;

TEST_CASE("commands to a build's log are no commands any more") {
  CHECK(printable("::error file=a::x") == "\\x3a:error file=a::x");
  CHECK(printable("a ::set-output name=b::c") == "a \\x3a:set-output name=b::c");
  CHECK(printable("a\n  ::warning::b", "\n") == "a\n  \\x3a:warning::b");
  CHECK(printable("##[error]a ##vso[task.setvariable]b ##teamcity[c") == "\\x23#[error]a \\x23#vso[task.setvariable]b \\x23#teamcity[c");
  for (const std::string text : {"a::text", "'x'::\"Type\"", "### heading", "## [link]", "a :: b", "::", "##", "# [x]", "::1"}) CHECK(printable(text) == text);
}

TEST_CASE("JSON keeps what it says, and says it in escapes") {
  CHECK(printable_json(R"({"a": "b ä €"})") == R"({"a": "b ä €"})");
  CHECK(printable_json("[\"\x7F\xC2\x9B\xE2\x80\xAE\xEF\xBB\xBF##vso[x]\"]") == R"(["\u007f\u009b\u202e\ufeff\u0023#vso[x]"])");
}

TEST_CASE("the first invalid byte of UTF-8 is found") {
  CHECK_FALSE(first_invalid_utf8(""));
  CHECK_FALSE(first_invalid_utf8("grün €\xF0\x9F\x90\xA6"));
  CHECK(first_invalid_utf8("a\xFF") == 1U);
  CHECK(first_invalid_utf8("ab\xC3") == 2U);            // cut off
  CHECK(first_invalid_utf8("\xC0\x80") == 0U);          // overlong NUL
  CHECK(first_invalid_utf8("\xE0\x80\xAF") == 0U);      // overlong slash
  CHECK(first_invalid_utf8("x\xED\xA0\x80") == 1U);     // surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0U);  // above U+10FFFF
  CHECK(first_invalid_utf8("gr\xFCn") == 2U);           // Latin-1
}

TEST_CASE("code points are counted, stray bytes one each") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("grün") == 4);
  CHECK(count_code_points("\xF0\x9F\x90\xA6!") == 2);
  CHECK(count_code_points("gr\xFCn") == 4);
  CHECK(count_code_points("\xE2\x82") == 2);
}

TEST_CASE("what is printed cannot drive a terminal") {
  CHECK(printable("grün €") == "grün €");
  CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
  CHECK(printable(std::string_view("a\0b\x7F", 4)) == "a\\x00b\\x7f");
  CHECK(printable("a\nb\tc") == "a\\x0ab\\x09c");
  CHECK(printable("a\nb\tc\r", "\n\t") == "a\nb\tc\\x0d");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\u{9b}31m");                  // C1: CSI in one character
  CHECK(printable("user\xE2\x80\xAE") == "user\\u{202e}");  // right-to-left override
  CHECK(printable("gr\xFCn") == "gr\\xfcn");
}

TEST_CASE("ASCII case and blanks") {
  CHECK(to_lower("SeLeCT Ä") == "select Ä");
  CHECK(equals_ignoring_case("Public", "pUBLIC"));
  CHECK_FALSE(equals_ignoring_case("a", "ab"));
  CHECK(starts_with_ignoring_case("CREATE table", "create "));
  CHECK_FALSE(starts_with_ignoring_case("cr", "create"));
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n").empty());
}

TEST_CASE("the nearest name is offered only for a slip of the pen") {
  constexpr std::array<std::string_view, 4> kNames{"drop-table", "drop-column", "rename-table", "truncate"};
  CHECK(nearest("drop-tabel", kNames) == "drop-table");
  CHECK(nearest("DROP-TABLE", kNames) == "drop-table");
  CHECK(nearest("trncate", kNames) == "truncate");
  CHECK_FALSE(nearest("vacuum-full", kNames));
  CHECK_FALSE(nearest("", kNames));
  CHECK_FALSE(nearest(std::string(100000, 'x'), kNames));
}

TEST_CASE("globs over paths") {
  CHECK(matches_glob("*.sql", "a.sql"));
  CHECK_FALSE(matches_glob("*.sql", "db/a.sql"));
  CHECK(matches_glob("**/*.sql", "a.sql"));
  CHECK(matches_glob("**/*.sql", "db/old/a.sql"));
  CHECK(matches_glob("db/**", "db/a/b.sql"));
  CHECK_FALSE(matches_glob("db/**", "dbx/a.sql"));
  CHECK(matches_glob("**/legacy/**", "legacy/a.sql"));
  CHECK(matches_glob("**/legacy/**", "x/y/legacy/a/b.sql"));
  CHECK_FALSE(matches_glob("**/legacy/**", "x/mylegacy/b.sql"));
  CHECK(matches_glob("a/**/b", "a/b"));
  CHECK(matches_glob("a/**/b", "a/x/y/b"));
  CHECK_FALSE(matches_glob("a/**/b", "a/xb"));
  CHECK(matches_glob("gr?n.sql", "grün.sql"));
  CHECK_FALSE(matches_glob("a?b", "a/b"));
  CHECK(matches_glob("country_*", "country_"));
  CHECK_FALSE(matches_glob("", "a"));
  CHECK(matches_glob("", ""));
  CHECK(matches_glob("**", "a/b"));
}

TEST_CASE("a glob cannot be made slow") {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  for (int i = 0; i < 50; ++i) pattern += "**a";
  const std::string path(20000, 'a');
  const auto begin = std::chrono::steady_clock::now();
  CHECK_FALSE(matches_glob(pattern + "b", path));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}
