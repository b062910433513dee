// Every input that once broke a promise, and some that are known to be hard: testdata/invalid/TARGET/ through its target.
#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "fuzz/fuzz.h"
#include "support/catch.h"
#include "whimbrel/base/files.h"

namespace whimbrel::fuzz {
namespace {

using Target = std::string (*)(std::string_view);
constexpr std::array<std::pair<std::string_view, Target>, 6> kTargets{
    {{"sql", sql}, {"alembic", alembic}, {"plpgsql", plpgsql}, {"config", config}, {"suppressions", suppressions}, {"history", history}}};

TEST_CASE("what broke a promise once keeps it") {
  const std::string root = WHIMBREL_SOURCE_DIR "/testdata/invalid";
  std::size_t inputs = 0;
  for (const std::string& name : list_folder(root)) {
    const auto* const target = std::ranges::find(kTargets, name, &std::pair<std::string_view, Target>::first);
    if (target == kTargets.end()) {
      CHECK(is_file(root + "/" + name));  // a folder without a target is a slip
      continue;
    }
    for (const std::string& file : list_folder(root + "/" + name)) {
      INFO(name << "/" << file);
      const auto text = read_file(root + "/" + name + "/" + file);
      REQUIRE(text);
      CHECK(target->second(*text) == "");
      ++inputs;
    }
  }
  CHECK(inputs > 0);
}

TEST_CASE("the checks themselves see what is wrong") {
  CHECK(unprintable("a\nb") == "");
  CHECK(unprintable("a\x1b[31m") != "");
  CHECK(unprintable("caf\xe9") != "");
  const Case one{.files = {{"m/1.sql", "SELECT 1;\nCREATE TABLE t (id int);\n"}}, .config = {}, .was = {}, .since = false};
  const engine::Project project = open(one);
  CHECK(reads(project, file_of(project, "m/1.sql"), 10));
  CHECK_FALSE(sees(project, file_of(project, "m/1.sql"), 11));
  CHECK_FALSE(is_read(project, file_of(project, "m/2.sql")));
  Report report;
  report.findings.push_back({.span = {FileId{0}, 0, 500}, .statement = {}, .message = "m", .help = "", .migration = "", .locks = {}, .labels = {}, .fix = {}, .subject = "", .fingerprint = ""});
  CHECK(broken_report(project, report).contains("span 0-500"));
  report.findings.front().span.end = 1;
  report.findings.front().message = "caf\xe9";
  CHECK(broken_report(project, report).contains("no UTF-8"));
}

}  // namespace
}  // namespace whimbrel::fuzz
