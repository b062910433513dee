// Revisions that ask for endless work, below testdata/hostile: each is read in bounded time, and says what it left out.
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reading.h"
#include "support/catch.h"

using namespace whimbrel;

namespace {

/// What reading one revision may take on any machine. An optimised build needs 20 ms of CPU on an ordinary one.
#ifdef __OPTIMIZE__
constexpr double kMostSeconds = 0.02 * 6;
#else
constexpr double kMostSeconds = 0.02 * 60;
#endif

double seconds_to_read(const std::string& text, std::size_t& unknown) {
  const std::clock_t begin = std::clock();
  const Revision revision(text);
  const std::clock_t end = std::clock();
  unknown = revision.migration().unknown.size();
  return static_cast<double>(end - begin) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("endless work ends, and is counted", "[alembic]") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(WHIMBREL_SOURCE_DIR) + "/testdata/hostile")) {
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string name = entry.path().stem().string();
    CAPTURE(name);
    std::size_t unknown = 0;
    CHECK(seconds_to_read(text.str(), unknown) < kMostSeconds);
    CHECK(unknown > 0);
    ++files;
  }
  CHECK(files >= 20);
}

TEST_CASE("nested and long syntax is read in bounded time", "[alembic]") {
  std::size_t unknown = 0;
  CHECK(seconds_to_read(revision_of("x = " + repeated("(", 3000) + "1" + repeated(")", 3000)), unknown) < kMostSeconds);
  CHECK(seconds_to_read(revision_of("x = 1" + repeated(" + 1", 5000)), unknown) < kMostSeconds);
  CHECK(seconds_to_read(revision_of(repeated("if f():\n    a = 1\n", 300)), unknown) < kMostSeconds);
  CHECK(seconds_to_read(revision_of("x = {" + repeated("'a': 1, ", 5000) + "}"), unknown) < kMostSeconds);
}
