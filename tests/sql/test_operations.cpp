// testdata/sql/*.sql against the dumps beside them. WHIMBREL_UPDATE=1 writes the dumps anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "sql/fixture.h"
#include "support/catch.h"
#include "whimbrel/base/files.h"
#include "whimbrel/ir/print.h"

namespace whimbrel::test {
namespace {

const std::string kFolder = std::string(WHIMBREL_SOURCE_DIR) + "/testdata/sql";

std::vector<std::string> fixtures() {
  std::vector<std::string> names;
  for (const std::string& name : list_folder(kFolder)) {
    if (name.ends_with(".sql")) names.push_back(name.substr(0, name.size() - 4));
  }
  return names;
}

std::string dump_of(const ReadSql& read) {
  std::string dump;
  for (const ir::Statement& statement : read.parsed.statements) dump += ir::dump(statement, read.sources);
  for (const ir::Unknown& unknown : read.parsed.unknown) {
    const LineIndex lines(read.sources[FileId{}].text);
    const Position at = lines.position(read.sources[FileId{}].text, unknown.span.begin);
    dump += "unknown " + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + unknown.reason + "\n";
  }
  return dump;
}

void collect(const ir::Statement& statement, std::set<std::string>& names) {
  for (const ir::Step& step : statement.steps) names.emplace(ir::operation_name(step.operation));
  for (const ir::Statement& inner : statement.body) collect(inner, names);
}

template <class... Alternatives>
std::vector<std::string> all_names(std::variant<Alternatives...>* /*type*/) {
  return {std::string(ir::operation_name(ir::Operation(std::in_place_type<Alternatives>)))...};
}

TEST_CASE("each fixture reads as the dump beside it says") {
  REQUIRE(fixtures().size() >= 9);
  for (const std::string& name : fixtures()) {
    INFO(name);
    const Result<std::string> text = read_file(kFolder + "/" + name + ".sql");
    REQUIRE(text);
    const std::string dump = dump_of(ReadSql(*text));
    if (std::getenv("WHIMBREL_UPDATE") != nullptr) REQUIRE(write_file(kFolder + "/" + name + ".operations", dump));
    const Result<std::string> expected = read_file(kFolder + "/" + name + ".operations");
    REQUIRE(expected);
    CHECK(dump == *expected);
  }
}

TEST_CASE("every operation occurs in some fixture") {
  std::set<std::string> seen;
  for (const std::string& name : fixtures()) {
    const ReadSql read(read_file(kFolder + "/" + name + ".sql").value_or(""));
    for (const ir::Statement& statement : read.parsed.statements) collect(statement, seen);
  }
  for (const std::string& name : all_names(static_cast<ir::Operation*>(nullptr))) {
    INFO(name);
    CHECK(seen.contains(name));
  }
}

}  // namespace
}  // namespace whimbrel::test
