// What the engine says of each migration: changes, locks, losses and the way back.
#include <string>
#include <vector>

#include "support/catch.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/engine/project.h"

using namespace whimbrel;

namespace {

std::vector<MigrationSummary> summaries_of(const std::string& up, const std::string& down, engine::Summaries wanted = engine::Summaries::with) {
  const std::string first = "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY, note text, age int);\n-- +goose Down\nDROP TABLE users;\n";
  std::vector<SourceFile> files{{"m/00001_a.sql", first}, {"m/00002_b.sql", "-- +goose Up\n" + up + "\n-- +goose Down\n" + down + "\n"}};
  engine::Project project = engine::open_project(std::move(files), {}, [](std::string_view path) { return path == "m/00002_b.sql"; });
  return engine::check(project, {}, wanted).migrations;
}

}  // namespace

TEST_CASE("no summary unless it is asked for") { CHECK(summaries_of("SELECT 1;", "SELECT 1;", engine::Summaries::without).empty()); }

TEST_CASE("a lock is held while a later statement works") {
  const auto all = summaries_of("ALTER TABLE users ADD COLUMN n int;\nCREATE INDEX i ON users (n);", "DROP INDEX i; ALTER TABLE users DROP COLUMN n;");
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].changes.size() == 2);
  CHECK(all[0].changes[0].verb == "adds column");
  CHECK(all[0].changes[0].object == "users.n");
  CHECK(all[0].changes[0].detail == "integer");
  CHECK(all[0].changes[1].area == ChangeArea::index);
  REQUIRE(all[0].locks.size() == 1);
  CHECK(all[0].locks[0].relation == "public.users");
  CHECK(all[0].locks[0].mode == LockMode::access_exclusive);
  CHECK(all[0].locks[0].work == "builds an index on users");
  CHECK(all[0].way_back == WayBack::restores);
  REQUIRE(all[0].lost_going_back.size() == 1);
  CHECK(all[0].lost_going_back[0].name == "users.n");
  CHECK_FALSE(all[0].has_lock_timeout);
}

TEST_CASE("dropped values are lost, and the way back may differ") {
  const auto all = summaries_of("ALTER TABLE users DROP COLUMN note;", "ALTER TABLE users ADD COLUMN note varchar(5);");
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].lost.size() == 1);
  CHECK(all[0].lost[0].name == "users.note");
  CHECK(all[0].gone == std::vector<std::string>{"users.note"});
  CHECK(all[0].way_back == WayBack::differs);
  CHECK(all[0].not_restored.size() == 1);
}

TEST_CASE("a table of the migration itself is nobody's") {
  const auto all = summaries_of("CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);\nALTER TABLE t DROP COLUMN a;\nDROP TABLE t;", "SELECT 1;");
  REQUIRE(all.size() == 1);
  CHECK(all[0].locks.empty());
  CHECK(all[0].lost.empty());
  CHECK(all[0].gone.empty());
}
