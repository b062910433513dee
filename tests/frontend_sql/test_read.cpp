// Parts, offsets, names and directives of single files.
#include "project.h"
#include "support/catch.h"

using namespace whimbrel;

namespace {

struct Read {
  Sources sources;
  frontend::Reading reading;
  [[nodiscard]] const ir::Migration& migration() const { return reading.migrations.at(0); }
  [[nodiscard]] std::string text(Span span) const { return std::string(sources.text(span)); }
};

Read read(std::string path, std::string text) {
  Read result;
  const FileId file = result.sources.add({std::move(path), std::move(text)});
  result.reading = frontends::sql.read(result.sources[file], file, nullptr);
  return result;
}

std::string id(const std::string& path) { return read(path, "SELECT 1;").migration().id; }
std::string key(const std::string& path) { return read(path, "SELECT 1;").migration().sort_key; }

}  // namespace

TEST_CASE("ids are what the contract says") {
  CHECK(id("m/0001_init.sql") == "0001_init");
  CHECK(id("m/0001_init.up.sql") == "0001_init");
  CHECK(id("m/0001_init.down.sql") == "0001_init");
  CHECK(id("m/0001_init_rollback.sql") == "0001_init");
  CHECK(id("m/V2_1__init.sql") == "2.1");
  CHECK(id("m/V2.1__init.sql") == "2.1");
  CHECK(id("m/U2.1__init.sql") == "2.1");
  CHECK(id("m/R__views.sql") == "R__views");
  CHECK(id("m/V2_x__init.sql") == "V2_x__init");
  CHECK(id("m/2019-02-26-002946_user/up.sql") == "2019-02-26-002946_user");
  CHECK(id("m/20230404095503_x/migration.sql") == "20230404095503_x");
  CHECK(id("m/001.do.sql") == "001");
  CHECK(id("a.b.sql") == "a.b");
  CHECK(id("m/_down.sql") == "_down");
}

TEST_CASE("bytewise order of sort keys is replay order") {
  const std::vector<std::vector<std::string>> orders{
      {"1_a.sql", "2_a.sql", "10_a.sql", "a_1.sql", "a_2.sql", "a_10.sql", "b.sql", "R__a.sql"},
      {"1.sql", "1.1.sql", "1.2_x.sql", "1.10.sql", "2.sql"},
      {"V1__z.sql", "V1.1__a.sql", "V1_2__a.sql", "V1.10__a.sql", "V2__a.sql", "V20240101__a.sql", "R__a.sql"},
      {"2019-02-26-002946_z/up.sql", "2019-02-27-000000_a/up.sql", "20190301000000_a/up.sql"},
      {"20230404_a/migration.sql", "20230405_a/migration.sql"},
      {"2024-01-02_x.sql", "2024-01-10_a.sql", "2024-02-01.sql"},
      {"0001-2fa.sql", "0001-sso.sql", "0002-2fa.sql"},
      {"v1.sql", "v1.9.sql", "v1.10.sql", "v2.sql"},
  };
  for (const auto& order : orders) {
    for (std::size_t i = 1; i < order.size(); ++i) {
      CAPTURE(order[i - 1], order[i]);
      CHECK(key("m/" + order[i - 1]) < key("m/" + order[i]));
    }
  }
  CHECK(key("m/V1.0__a.sql") == key("m/V1__a.sql"));
  CHECK(key("m/1_a.up.sql") == key("m/1_a.down.sql"));
  CHECK_FALSE(key("m/" + std::string(100, '9') + ".sql").empty());
}

TEST_CASE("sections keep the bytes of the file") {
  const Read one =
      read("1.sql", "-- +goose Up\r\nCREATE TABLE a (id int);\r\n-- +goose Down\r\nDROP TABLE a;\r\nDROP TABLE b");
  const ir::Migration& migration = one.migration();
  REQUIRE(migration.up.statements.size() == 1);
  REQUIRE(migration.down.statements.size() == 2);
  CHECK(one.text(migration.up.span) == "-- +goose Up");
  CHECK(one.text(migration.down.span) == "-- +goose Down");
  CHECK(one.text(migration.up.statements[0].span) == "CREATE TABLE a (id int)");
  CHECK(one.text(migration.down.statements[1].span) == "DROP TABLE b");
}

TEST_CASE("markers in any dress") {
  CHECK(read("1.sql", "--+goose up\nSELECT 1;\n--  +GOOSE   DOWN\nSELECT 2; SELECT 3;")
            .migration()
            .down.statements.size() == 2);
  CHECK(read("1.sql", "--migrate:up\nSELECT 1;\n-- migrate:down\n").migration().runner == "dbmate");
  CHECK(read("1.sql", "  -- +migrate Up   NOTRANSACTION\nSELECT 1;").migration().transaction ==
        ir::TransactionMode::none);
  CHECK(read("1.sql", "-- Update the users\nSELECT 1;\n-- Down to earth\nSELECT 2;").migration().up.statements.size() ==
        2);
  // One plain word alone divides nothing.
  CHECK(read("1.sql", "-- down\nSELECT 1;\n").migration().up.statements.size() == 1);
  CHECK(read("1.sql", "SELECT '\n-- +goosey Up\n';").migration().up.statements.size() == 1);
  // Several sections of one direction add up.
  const Read several =
      read("1.sql", "-- rambler down\nSELECT 1;\n-- rambler up\nSELECT 2;\n-- rambler down\nSELECT 3;");
  CHECK(several.migration().down.statements.size() == 2);
}

TEST_CASE("a part that is missing, empty or present") {
  using enum ir::PartState;
  CHECK(read("1.sql", "").migration().up.state == empty);
  CHECK(read("1.sql", "-- nothing\n;\n").migration().up.state == empty);
  CHECK(read("1.sql", "SELECT 1").migration().up.state == present);
  CHECK(read("1.sql", "SELECT 1").migration().down.state == missing);
  CHECK(read("1.down.sql", "SELECT 1").migration().up.state == missing);
  CHECK(read("1.sql", "-- +goose Up\n-- +goose Down\n").migration().down.state == empty);
  const Read only_up = read("1.sql", "-- x\n-- +goose Up\nSELECT 1;");
  CHECK(only_up.migration().down.state == missing);
  CHECK(only_up.text(only_up.migration().down.span) == "-- +goose Up");
}

TEST_CASE("transaction modes") {
  using enum ir::TransactionMode;
  const auto mode = [](const std::string& path, const std::string& text) {
    return read(path, text).migration().transaction;
  };
  CHECK(mode("1.sql", "SELECT 1;") == std::nullopt);
  CHECK(mode("1.sql", "-- no-transaction\nSELECT 1;") == none);
  CHECK(mode("1.sql", "-- hello\n-- no-transaction\nSELECT 1;") == std::nullopt);
  CHECK(mode("1.sql", "SELECT 1;\n-- atlas:txmode none\n") == std::nullopt);
  CHECK(mode("1.sql", "-- atlas:txmode all\nSELECT 1;") == single);
  CHECK(mode("1.sql", "-- +goose No Transaction\n-- +goose Up\nSELECT 1;") == none);
  CHECK(mode("1.sql", "-- +goose Up\n-- +goose NO TRANSACTION\nSELECT 1;") == none);
  CHECK(mode("1_x.up.sql", "SELECT 1;") == implicit);
  CHECK(mode("1_x/migration.sql", "SELECT 1;") == implicit);
  CHECK(mode("V1__x.sql", "SELECT 1;") == per_migration);
  const Read down = read("1.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down transaction:false\nSELECT 1;");
  CHECK(down.migration().transaction == per_migration);
  CHECK(down.migration().up.transaction == per_migration);
  CHECK(down.migration().down.transaction == none);
}

TEST_CASE("directives are found in both kinds of comments, with their place") {
  const Read one = read("1.sql",
                        "-- whimbrel: ignore drop-table (old)\nDROP TABLE a; /* whimbrel: ignore-file truncate */\n"
                        "--whimbrel: ignore x\n-- not whimbrel: ignore y\nSELECT '-- whimbrel: ignore z';");
  REQUIRE(one.reading.directives.size() == 3);
  const std::string& text = one.sources[FileId{0}].text;
  for (const frontend::Directive& directive : one.reading.directives) {
    CHECK(text.substr(directive.text_begin, directive.text.size()) == directive.text);
  }
  CHECK(one.reading.directives[0].text == "whimbrel: ignore drop-table (old)");
  CHECK(one.reading.directives[1].text == "whimbrel: ignore-file truncate");
  CHECK(one.text(one.reading.directives[1].span) == "/* whimbrel: ignore-file truncate */");
}

TEST_CASE("Liquibase's rollback maps back into its comments") {
  const Read one = read("1.sql",
                        "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE a (id int);\n--rollback "
                        "DROP\n--rollback   TABLE a;\n");
  REQUIRE(one.reading.migrations.size() == 1);
  REQUIRE(one.migration().down.statements.size() == 1);
  const std::string text = one.text(one.migration().down.statements[0].span);
  CHECK(text.starts_with("DROP"));
  CHECK(text.ends_with("a"));
}

TEST_CASE("what cannot be read stays, and the rest with it") {
  const Read one = read("1.sql", "CREATE TABLE a (id int);\nCREATE TABLE TABLE;\nDROP TABLE a;");
  REQUIRE(one.migration().up.statements.size() == 3);
  CHECK(one.migration().up.statements[1].kind == "Invalid");
}

TEST_CASE("settling: down files by habit, without neighbours, go up") {
  const tests::SqlProject alone = tests::read_project({{"m/1_scale_down.sql", "SELECT 1;"}});
  CHECK(alone.histories.at("m").at(0).id == "1_scale_down");
  CHECK(alone.histories.at("m").at(0).up.state == ir::PartState::present);
  CHECK(alone.histories.at("m").at(0).down.state == ir::PartState::missing);
}
