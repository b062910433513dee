// Paths by their text alone.
#include "support/catch.h"
#include "whimbrel/base/path.h"

TEST_CASE("a normal path has no dots and no doubled slashes") {
  using whimbrel::normal_path;
  CHECK(normal_path("/a/b/../c") == "/a/c");
  CHECK(normal_path("/a/./b//c/") == "/a/b/c");
  CHECK(normal_path("/a/..") == "/");
  CHECK(normal_path("/../a") == "/a");
  CHECK(normal_path("/...") == "/...");
}
