// The patterns of .gitignore, as git's own manual explains them.
#include "engine/gitignore.h"
#include "support/catch.h"

using namespace whimbrel::engine;

namespace {

bool ignored(std::string_view patterns, const std::string& path, bool is_folder = false) {
  const IgnoreRules rules{"/repo", parse_gitignore(patterns), nullptr};
  return is_ignored(&rules, "/repo/" + path, is_folder);
}

}  // namespace

TEST_CASE("a name matches anywhere, a path from its folder on") {
  CHECK(ignored("foo.sql", "foo.sql"));
  CHECK(ignored("foo.sql", "a/b/foo.sql"));
  CHECK_FALSE(ignored("/foo.sql", "a/foo.sql"));
  CHECK(ignored("/foo.sql", "foo.sql"));
  CHECK(ignored("a/foo.sql", "a/foo.sql"));
  CHECK_FALSE(ignored("a/foo.sql", "b/a/foo.sql"));
}

TEST_CASE("folders only") {
  CHECK(ignored("build/", "build", true));
  CHECK(ignored("build/", "a/build", true));
  CHECK_FALSE(ignored("build/", "build", false));
}

TEST_CASE("wildcards stay in their segment") {
  CHECK(ignored("*.sql", "a/x.sql"));
  CHECK_FALSE(ignored("a/*.sql", "a/b/x.sql"));
  CHECK(ignored("x?.sql", "x1.sql"));
  CHECK_FALSE(ignored("x?.sql", "x12.sql"));
  CHECK(ignored("*.py[cod]", "x.pyc"));
  CHECK_FALSE(ignored("*.py[!cod]", "x.pyc"));
  CHECK(ignored("v[0-9]", "v7", true));
  CHECK(ignored("a[b", "a[b"));
}

TEST_CASE("two stars take any number of folders") {
  CHECK(ignored("**/foo", "foo"));
  CHECK(ignored("**/foo", "a/b/foo"));
  CHECK(ignored("a/**/b", "a/b"));
  CHECK(ignored("a/**/b", "a/x/y/b"));
  CHECK(ignored("a/**", "a/x"));
  CHECK_FALSE(ignored("a/**", "a", true));
}

TEST_CASE("the last pattern decides, comments and blanks do not count") {
  CHECK_FALSE(ignored("*.sql\n!keep.sql", "keep.sql"));
  CHECK(ignored("!keep.sql\n*.sql", "keep.sql"));
  CHECK_FALSE(ignored("# foo\n\nbar  \r\n", "# foo"));
  CHECK(ignored("# foo\n\nbar  \r\n", "bar"));
  CHECK(ignored("\\#foo", "#foo"));
  CHECK(ignored("\\!foo", "!foo"));
  CHECK(ignored("foo\\ ", "foo "));
}

TEST_CASE("a nearer file beats one above") {
  auto above = std::make_shared<const IgnoreRules>(IgnoreRules{"/repo", parse_gitignore("*.sql\n/a/x.py"), nullptr});
  const IgnoreRules below{"/repo/a", parse_gitignore("!y.sql"), above};
  CHECK_FALSE(is_ignored(&below, "/repo/a/y.sql", false));
  CHECK(is_ignored(&below, "/repo/a/z.sql", false));
  CHECK(is_ignored(&below, "/repo/a/x.py", false));
}

TEST_CASE("hostile patterns take no time") {
  const std::string stars(2000, '*');
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  CHECK_FALSE(ignored(pattern + "b", std::string(2000, 'a')));
  std::string folders;
  for (int i = 0; i < 100; ++i) folders += "**/a/";
  CHECK_FALSE(ignored(folders + "b", std::string("x/") + std::string(300, 'a')));
  CHECK(ignored(stars, "x"));
}
