// Small projects of every runner in testdata/runners/, against the dump that lies beside each; WHIMBREL_UPDATE=1
// rewrites them.
#include <cstdlib>
#include <filesystem>

#include "project.h"
#include "support/catch.h"
#include "whimbrel/base/files.h"

using namespace whimbrel;

namespace {

const std::string kFolder = std::string(WHIMBREL_SOURCE_DIR) + "/testdata/runners";

/// Every span lies in its file, statements in order and apart.
void check_spans(const tests::SqlProject& project) {
  for (const auto& [key, history] : project.histories) {
    for (const ir::Migration& one : history) {
      for (const ir::Part* part : {&one.up, &one.down}) {
        const auto size = static_cast<std::uint32_t>(project.sources[part->file].text.size());
        CHECK(part->span.end <= size);
        std::uint32_t last = 0;
        for (const ir::Statement& statement : part->statements) {
          CHECK(statement.span.begin >= last);
          CHECK(statement.span.end <= size);
          CHECK_FALSE(statement.span.empty());
          CHECK(statement.kind != "Invalid");
          last = statement.span.end;
        }
      }
    }
  }
  for (const frontend::Directive& directive : project.directives) {
    const std::string& text = project.sources[directive.span.file].text;
    CHECK(text.substr(directive.text_begin, directive.text.size()) == directive.text);
  }
}

}  // namespace

TEST_CASE("each runner's project reads as its sidecar says") {
  const bool update = std::getenv("WHIMBREL_UPDATE") != nullptr;
  std::size_t projects = 0;
  for (const std::string& name : list_folder(kFolder)) {
    const std::string folder = kFolder + "/" + name;
    if (!is_folder(folder)) continue;
    ++projects;
    CAPTURE(name);
    const tests::SqlProject project = tests::read_folder(folder);
    check_spans(project);
    const std::string found = tests::dump(project);
    const std::string sidecar = kFolder + "/" + name + ".expected";
    if (update) {
      REQUIRE(write_file(sidecar, found));
    }
    const auto expected = read_file(sidecar);
    REQUIRE(expected.has_value());
    CHECK(found == *expected);
  }
  CHECK(projects >= 20);
}
