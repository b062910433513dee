// Statements that are let go of: the report is the same to the byte, in any number of jobs, and afterwards they are out again.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "support/catch.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/report/write.h"

using namespace whimbrel;

namespace {

const std::string kTestdata = WHIMBREL_SOURCE_DIR "/testdata/";

struct Run {
  std::string report;
  std::size_t out = 0;      ///< files that were let go of
  std::size_t held = 0;     ///< statements that are in memory when all is done
};

Run run(const std::string& path, std::uint64_t kept_text, unsigned jobs) {
  engine::Request request;
  request.paths = {path};
  request.jobs = jobs;
  request.kept_text = kept_text;
  engine::Config config;
  config.gitignore = false;
  auto project = engine::open_project(request, std::move(config));
  REQUIRE(project);
  std::ostringstream text;
  for (const report::Format format : {report::Format::json, report::Format::markdown, report::Format::sarif}) {
    report::write(text, engine::check(*project, *engine::selected_rules({"all"}, {}), engine::Summaries::with), project->sources, format, {});
  }
  Run result{std::move(text).str()};
  result.out = static_cast<std::size_t>(std::ranges::count_if(project->files, [](const engine::ProjectFile& file) { return file.let_go; }));
  for (const history::History& history : project->histories) {
    for (const ir::Migration& migration : history.migrations) result.held += migration.up.statements.size() + migration.down.statements.size();
  }
  return result;
}

}  // namespace

TEST_CASE("a project too large for memory is told the same") {
  for (const std::string folder : {"projects/storefront/sql", "projects", "runners", "sql", "histories"}) {
    INFO(folder);
    const Run whole = run(kTestdata + folder, engine::Request{}.kept_text, 1);
    CHECK(whole.out == 0);
    for (const unsigned jobs : {1U, 3U}) {
      const Run large = run(kTestdata + folder, 0, jobs);
      CHECK(large.out > 0);
      CHECK(large.held < whole.held);
      CHECK(large.report == whole.report);
    }
  }
}

TEST_CASE("what fits into memory stays there") {
  const std::string folder = kTestdata + "projects/storefront/sql";
  CHECK(run(folder, 8UL * 1024 * 1024, 1).out == 0);
  CHECK(run(folder, 1000, 1).held == 0);
}
