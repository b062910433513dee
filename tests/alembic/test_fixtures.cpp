// testdata/alembic/NAME.py against NAME.operations; WHIMBREL_UPDATE=1 writes what is read now.
#include <cstdlib>

#include "reading.h"
#include "support/catch.h"
#include "whimbrel/base/files.h"
#include "whimbrel/sql/sql.h"

using namespace whimbrel;

namespace {

const std::string kFolder = std::string(WHIMBREL_SOURCE_DIR) + "/testdata/alembic/";

std::vector<std::string> fixtures() {
  std::vector<std::string> names;
  for (const std::string& name : list_folder(kFolder)) {
    if (name.ends_with(".py")) names.push_back(name.substr(0, name.size() - 3));
  }
  return names;
}

Revision read_fixture(const std::string& name) { return Revision(read_file(kFolder + name + ".py").value(), "versions/" + name + ".py"); }

}  // namespace

TEST_CASE("every fixture is read as its .operations say", "[alembic]") {
  REQUIRE(fixtures().size() >= 6);
  for (const std::string& name : fixtures()) {
    CAPTURE(name);
    const std::string dump = read_fixture(name).dump();
    const std::string path = kFolder + name + ".operations";
    if (std::getenv("WHIMBREL_UPDATE") != nullptr) REQUIRE(write_file(path, dump));
    const auto expected = read_file(path);
    REQUIRE(expected);
    CHECK(dump == *expected);
  }
}

TEST_CASE("a statement's SQL says what its operations say", "[alembic]") {
  std::size_t compared = 0;
  for (const std::string& name : fixtures()) {
    const Revision revision = read_fixture(name);
    for (const ir::Statement& statement : revision.up()) {
      if (statement.sql.empty() || statement.span != statement.call) continue;
      CAPTURE(name, statement.sql);
      const sql::Parsed parsed = sql::parse(sql::HostText::plain(statement.sql, FileId{}));
      REQUIRE(parsed.statements.size() == 1);
      CHECK(parsed.statements[0].kind == statement.kind);
      REQUIRE(parsed.statements[0].steps.size() == statement.steps.size());
      for (std::size_t i = 0; i < statement.steps.size(); ++i) {
        CHECK(ir::to_string(parsed.statements[0].steps[i].operation) == ir::to_string(statement.steps[i].operation));
      }
      ++compared;
    }
  }
  CHECK(compared > 50);
}

TEST_CASE("no span lies outside its file", "[alembic]") {
  for (const std::string& name : fixtures()) {
    const Revision revision = read_fixture(name);
    const auto size = static_cast<std::uint32_t>(revision.sources[FileId{}].text.size());
    for (const ir::Part* part : {&revision.migration().up, &revision.migration().down}) {
      for (const ir::Statement& statement : part->statements) {
        CAPTURE(name, statement.kind);
        CHECK(statement.span.begin <= statement.span.end);
        CHECK(statement.span.end <= size);
        CHECK(statement.call.end <= size);
        for (const ir::Step& step : statement.steps) CHECK((step.span.begin <= step.span.end && step.span.end <= size));
      }
    }
  }
}
