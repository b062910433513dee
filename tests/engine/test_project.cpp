// From arguments to histories: what is found, what is judged, what is only replayed, what is skipped.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/load.h"
#include "engine/places.h"
#include "support/catch.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/engine/project.h"

using namespace whimbrel;
namespace fs = std::filesystem;

namespace {

/// A folder of one's own, which is the current one while it lives.
class Folder {
 public:
  Folder() : before_(fs::current_path()) {
    std::string name = (fs::temp_directory_path() / "whimbrel-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = fs::canonical(name);
    fs::current_path(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    fs::current_path(before_);
    fs::remove_all(path_);
  }
  void write(const std::string& name, const std::string& text = "SELECT 1;\n") const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string absolute(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path before_;
  fs::path path_;
};

using Names = std::vector<std::string>;

engine::Project opened(Names paths, engine::Config config = {}) {
  engine::Request request;
  request.paths = std::move(paths);
  auto project = engine::open_project(request, std::move(config));
  REQUIRE(project);
  return *std::move(project);
}

Names judged(const engine::Project& project) {
  Names names;
  for (const engine::ProjectFile& file : project.files) {
    if (file.judged && file.front_end != nullptr) names.push_back(project.sources[file.file].path);
  }
  return names;
}

Names all(const engine::Project& project) {
  Names names;
  for (const engine::ProjectFile& file : project.files) names.push_back(project.sources[file.file].path);
  return names;
}

constexpr const char* kRevision = "revision = \"a1\"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n";

}  // namespace

TEST_CASE("a folder is searched, without what is hidden, installed or ignored") {
  const Folder folder;
  for (const char* name : {"m/0001.sql", "m/sub/0002.sql", "m/.hidden/x.sql", "m/node_modules/x.sql", "m/venv/lib/x.sql", "m/out/x.sql", "m/y.txt", "m/.z.sql"}) folder.write(name);
  folder.write("m/venv/pyvenv.cfg", "");
  folder.write(".git/HEAD", "");
  folder.write(".gitignore", "out/\n");
  CHECK(judged(opened({"m"})) == Names{"m/0001.sql", "m/sub/0002.sql"});
  engine::Config config;
  config.gitignore = false;
  CHECK(judged(opened({"m"}, config)) == Names{"m/0001.sql", "m/out/x.sql", "m/sub/0002.sql"});
  config.exclude = {"**/sub/**"};
  CHECK(judged(opened({"m"}, config)) == Names{"m/0001.sql", "m/out/x.sql"});
  // Who names an ignored folder wants it read.
  CHECK(judged(opened({"m/out"})) == Names{"m/out/x.sql"});
}

TEST_CASE("a named file is judged alone; its folder is there to be replayed") {
  const Folder folder;
  folder.write("m/0001.sql", "CREATE TABLE t (id int);\n");
  folder.write("m/0002.sql", "DROP TABLE t;\n");
  folder.write("m/0003.sql");
  folder.write("other/0001.sql");
  const auto project = opened({"m/0002.sql"});
  CHECK(judged(project) == Names{"m/0002.sql"});
  CHECK(all(project) == Names{"m/0001.sql", "m/0002.sql", "m/0003.sql"});
  REQUIRE(project.histories.size() == 1);
  CHECK(project.histories[0].migrations.size() == 3);
  CHECK(engine::lock_rows(project).size() == 1);
  CHECK(engine::schema_at(project, "")->relations().empty());
  CHECK(engine::schema_at(project, "0001")->relations().size() == 1);
  CHECK(engine::schema_at(project, "000l").error().message.contains("did you mean"));
}

TEST_CASE("arguments merge, a file named twice is one, in any spelling and order") {
  const Folder folder;
  folder.write("m/0001.sql");
  folder.write("n/0001.sql");
  const Names expected{"m/0001.sql", "n/0001.sql"};
  CHECK(judged(opened({"m", "n/0001.sql", "./m/0001.sql", folder.absolute("m/0001.sql"), "m/../m"})) == expected);
  CHECK(judged(opened({"n", "m"})) == expected);
  CHECK(opened({"m", "n"}).histories.size() == 2);
}

TEST_CASE("what cannot be used is trouble, the rest is linted") {
  const Folder folder;
  folder.write("m/0001.sql");
  folder.write("readme.md");
  fs::create_directories("empty");
  fs::create_symlink("nowhere.sql", "m/broken.sql");
  const auto project = opened({"m", "gone.sql", "readme.md", "empty"});
  CHECK(judged(project) == Names{"m/0001.sql"});
  REQUIRE(project.troubles.size() == 3);
  CHECK(std::ranges::any_of(project.troubles, [](const std::string& text) { return text.contains("gone.sql"); }));
  CHECK(std::ranges::any_of(project.troubles, [](const std::string& text) { return text.contains("readme.md"); }));
  CHECK(std::ranges::any_of(project.troubles, [](const std::string& text) { return text.contains("broken.sql"); }));
  REQUIRE(project.notes.size() == 1);
  CHECK(project.notes[0] == "empty: no migrations found");
}

TEST_CASE("links to folders are followed inside the project, loops end") {
  const Folder folder;
  folder.write("m/0001.sql");
  folder.write("shared/0002.sql");
  fs::create_directory_symlink("..", "m/loop");
  fs::create_directory_symlink("/usr/share", "m/outside");
  CHECK(judged(opened({"m"})) == Names{"m/0001.sql", "m/loop/shared/0002.sql"});
}

TEST_CASE("a Python file is a revision by its content") {
  const Folder folder;
  folder.write("versions/a1.py", kRevision);
  folder.write("versions/helper.py", "x = 1\n");
  const auto project = opened({"versions"});
  CHECK(judged(project) == Names{"versions/a1.py"});
  const auto helper = opened({"versions/helper.py"});
  CHECK(helper.troubles.empty());
  REQUIRE(helper.notes.size() == 1);
  CHECK(helper.notes[0] == "versions/helper.py: not a migration");
}

TEST_CASE("without a path the usual places are looked at") {
  const Folder folder;
  folder.write("db/migrations/0001.sql");
  folder.write("src/queries/find.sql");
  folder.write("src/x/V1__init.sql");
  folder.write("api/alembic/versions/a1.py", kRevision);
  folder.write("custom/revisions/b.py", kRevision);
  folder.write("plain/c.py", kRevision);
  folder.write("alembic.ini", "[alembic]\nversion_locations = %(here)s/custom/revisions\n");
  CHECK(judged(opened({})) == Names{"api/alembic/versions/a1.py", "custom/revisions/b.py", "db/migrations/0001.sql", "src/x/V1__init.sql"});
  const Folder empty;
  const auto nothing = opened({});
  CHECK(nothing.troubles.empty());
  CHECK(nothing.notes.size() == 1);
}

TEST_CASE("text that is no text is a finding, as far as it goes the rest is read") {
  const Folder folder;
  folder.write("m/1_latin.sql", "-- caf\xE9\nSELECT 1;\n");
  folder.write("m/2_nul.sql", std::string("SELECT 1;\0", 10));
  folder.write("m/3_utf16.sql", std::string("\xFF\xFES\0", 4));
  folder.write("m/4_empty.sql", "");
  folder.write("m/5_bom.sql", "\xEF\xBB\xBFSELECT 1;\r\n");
  auto project = opened({"m"});
  CHECK(project.troubles.empty());
  REQUIRE(project.bad_text.size() == 3);
  CHECK(project.bad_text[0].reason == "byte 0xE9 is not valid UTF-8");
  CHECK(project.bad_text[0].span.begin == 6);
  CHECK(project.bad_text[1].reason.contains("NUL"));
  CHECK(project.bad_text[2].reason.contains("UTF-16"));
  const Report report = engine::check(project, *engine::selected_rules({"all"}, {}));
  CHECK(report.summary.errors == 3);
  CHECK(report.summary.files == 5);
  CHECK(report.summary.operations == 2);
}

TEST_CASE("standard input stands for its file in that file's history") {
  const Folder folder;
  folder.write("m/0001.sql", "CREATE TABLE t (id int);\n");
  folder.write("m/0002.sql", "SELECT 1;\n");
  engine::Request request;
  request.stdin_text = "DROP TABLE t;\n";
  request.stdin_path = "m/0002.sql";
  const auto project = *engine::open_project(request, {});
  CHECK(judged(project) == Names{"m/0002.sql"});
  CHECK(project.sources[static_cast<FileId>(1)].text == "DROP TABLE t;\n");
  CHECK(engine::schema_at(project, "")->relations().empty());
  request.stdin_path = "m/0003.sql";  // need not be there
  CHECK(all(*engine::open_project(request, {})).size() == 3);
  request.stdin_path.clear();
  const auto nameless = *engine::open_project(request, {});
  CHECK(all(nameless) == Names{"<stdin>"});
  CHECK(engine::lock_rows(nameless).size() == 1);
}

TEST_CASE("the same project in any number of jobs") {
  const Folder folder;
  for (int i = 100; i < 160; ++i) folder.write("m/" + std::to_string(i) + ".sql", "CREATE TABLE t" + std::to_string(i) + " (id int);\nDROP TABLE t;\n");
  const auto with = [](unsigned jobs) {
    engine::Request request;
    request.paths = {"m"};
    request.jobs = jobs;
    auto project = *engine::open_project(request, {});
    std::string text;
    for (const Finding& finding : engine::check(project, *engine::selected_rules({"all"}, {})).findings) {
      text += project.sources[finding.span.file].path + std::to_string(finding.span.begin) + finding.message + "\n";
    }
    return text;
  };
  const std::string alone = with(1);
  CHECK_FALSE(alone.empty());
  CHECK(with(4) == alone);
}

TEST_CASE("a configuration is found upwards") {
  const Folder folder;
  folder.write("whimbrel.toml", "pg_version = 12\n");
  folder.write("a/pyproject.toml", "[project]\nname = \"x\"\n");
  folder.write("a/b/pyproject.toml", "[tool.whimbrel]\npg_version = 13\n");
  CHECK(engine::find_config("a/b")->pg_version == 13);
  CHECK(engine::find_config("a")->pg_version == 12);
  CHECK(engine::find_config("a")->path == "whimbrel.toml");
  folder.write("a/b/whimbrel.toml", "pg_version = 1\n");
  CHECK(engine::find_config("a/b").error().message.starts_with("a/b/whimbrel.toml:1:"));
}

TEST_CASE("usual places") {
  CHECK(engine::is_usual_place("db/migrate/1.sql", "x"));
  CHECK(engine::is_usual_place("1.sql", "migrations"));
  CHECK(engine::is_usual_place("x/1.up.sql", "x"));
  CHECK_FALSE(engine::is_usual_place("sql/queries/1.sql", "x"));
  CHECK_FALSE(engine::is_usual_place("migrations.sql", "x"));
  CHECK(engine::locations_in("script_location = %(here)s/a:%(here)s/b\n", "/r") == Names{"/r/a", "/r/b"});
  CHECK(engine::locations_in("version_locations = [\"a\", \"b c\"]\n", "/r").size() == 3);
}

TEST_CASE("a named file does not drag in all that lies below its folder") {
  const Folder folder;
  folder.write("0001.sql");
  folder.write("0002.sql");
  folder.write("src/queries/x.sql");
  CHECK(all(opened({"0002.sql"})) == Names{"0001.sql", "0002.sql"});
}

TEST_CASE("version_locations make one history of several folders") {
  const Folder folder;
  folder.write("alembic.ini", "[alembic]\nscript_location = .\nversion_locations = %(here)s/versions %(here)s/plugin\n");
  folder.write("env.py", "");
  folder.write("versions/a.py", kRevision);
  folder.write("plugin/b.py", "revision = \"b2\"\ndown_revision = \"a1\"\n\n\ndef upgrade():\n    pass\n");
  const auto whole = opened({"."});
  REQUIRE(whole.histories.size() == 1);
  CHECK(whole.histories[0].problems.empty());
  CHECK(whole.histories[0].migrations.size() == 2);
  const auto one = opened({"plugin/b.py"});
  REQUIRE(one.histories.size() == 1);
  CHECK(one.histories[0].migrations.size() == 2);
}

namespace {

std::string revision_text(const std::string& id, const std::string& parent) {
  return "revision = '" + id + "'\ndown_revision = " + (parent.empty() ? "None" : "'" + parent + "'") + "\ndef upgrade():\n    pass\n";
}

Names keys(const engine::Project& project) {
  Names names;
  for (const history::History& history : project.histories) names.push_back(history.key + ":" + std::to_string(history.migrations.size()));
  return names;
}

}  // namespace

TEST_CASE("subfolders of revisions that no link joins are histories of their own") {
  const Folder folder;
  for (const std::string where : {"alembic/versions/main/", "alembic/versions/billing/"}) {
    folder.write(where + "a.py", revision_text("a", ""));
    folder.write(where + "b.py", revision_text("b", "a"));
  }
  CHECK(keys(opened({"alembic"})) == Names{"alembic/versions/billing:2", "alembic/versions/main:2"});
  CHECK(opened({"alembic"}).files[0].history == "alembic/versions/billing");
  CHECK(opened({"alembic"}).histories[0].problems.empty());

  folder.write("alembic/alembic.ini", "[alembic]\nscript_location = .\nrecursive_version_locations = true\n");
  CHECK(keys(opened({"alembic"})) == Names{"alembic/versions:4"});
}

TEST_CASE("subfolders that a link joins, a loose revision, a labelled branch: one history") {
  const Folder folder;
  folder.write("versions/2023/a.py", revision_text("a", ""));
  folder.write("versions/2023/b.py", revision_text("b", "a"));
  folder.write("versions/2024/c.py", revision_text("c", "b"));
  CHECK(keys(opened({"versions"})) == Names{"versions:3"});
  folder.write("versions/2025/d.py", revision_text("d", ""));
  CHECK(keys(opened({"versions"})) == Names{"versions:4"});
  folder.write("versions/2025/e.py", revision_text("e", "d"));
  CHECK(keys(opened({"versions"})) == Names{"versions/2023:3", "versions/2025:2"});
  folder.write("versions/2025/d.py", "branch_labels = ('apart',)\n" + revision_text("d", ""));
  CHECK(keys(opened({"versions"})) == Names{"versions:5"});
}

TEST_CASE("revisions in a folder of another database are skipped, and said to be in one line") {
  const Folder folder;
  folder.write("versions/postgresql/a.py", revision_text("a", ""));
  folder.write("versions/sqlite/a.py", revision_text("a", ""));
  folder.write("versions/sqlite/b.py", revision_text("b", "a"));
  folder.write("mysql/versions/a.py", revision_text("a", ""));
  folder.write("mysql/other/versions/b.py", revision_text("b", ""));
  folder.write("versions/mariadb/b.py", "from sqlalchemy.dialects import postgresql\n" + revision_text("b", ""));
  const engine::Project project = opened({"."});
  CHECK(judged(project) == Names{"mysql/other/versions/b.py", "versions/mariadb/b.py", "versions/postgresql/a.py"});
  CHECK(project.notes == Names{"mysql/versions/a.py: its path says MySQL (mysql)", "2 files in versions/sqlite/: its path says SQLite (sqlite)"});
}

TEST_CASE("a file too large to be read is a finding") {
  const Folder folder;
  folder.write("m/1.sql", std::string(kMaxFileSize + 1, '\n'));
  folder.write("m/2.sql");
  auto project = opened({"m"});
  CHECK(project.troubles.empty());
  REQUIRE(project.bad_text.size() == 1);
  CHECK(project.bad_text[0].reason.contains("larger than"));
  CHECK(engine::check(project, *engine::selected_rules({"syntax-error"}, {})).findings.size() == 1);
}
