// What a run settles: selection, suppressions, severities, per-file ignores, order, start_after, down parts, totals.
#include <algorithm>

#include "support/catch.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/finding/rule_info.h"

using namespace whimbrel;

namespace {

struct Run {
  Report report;
  Sources sources;

  /// "0002.sql:3 drop-table", in the report's order.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> result;
    for (const Finding& finding : report.findings) {
      const SourceFile& source = sources[finding.span.file];
      const auto line = LineIndex(source.text).position(source.text, finding.span.begin).line;
      result.push_back(source.path + ":" + std::to_string(line) + " " + std::string(rule_info(finding.rule).name));
    }
    return result;
  }
};

Run lint(std::vector<SourceFile> files, const std::string& configuration = "", const std::string& only = "") {
  auto config = engine::read_config("whimbrel.toml", configuration);
  REQUIRE(config);
  const auto rules = engine::selected_rules(config->select, config->ignore);
  auto project = engine::open_project(std::move(files), *config, [&](std::string_view path) { return only.empty() || path == only; });
  Run run{engine::check(project, *rules), {}};
  run.sources = std::move(project.sources);
  return run;
}

using Lines = std::vector<std::string>;
constexpr const char* kDropRules = "select = [\"drop-table\", \"drop-column\", \"unused-suppression\", \"unknown-suppression\", \"syntax-error\"]\n";

}  // namespace

TEST_CASE("only the selected rules speak, in order of file, place and code") {
  const std::vector<SourceFile> files{{"b.sql", "CREATE TABLE t (id int, x int);\n"}, {"a.sql", "CREATE TABLE s (id int, x int);\n"},
                                      {"c.sql", "ALTER TABLE t DROP COLUMN x;\nDROP TABLE s;\n"}, {"d.sql", "DROP TABLE t;\n"}};
  CHECK(lint(files, kDropRules).lines() == Lines{"c.sql:1 drop-column", "c.sql:2 drop-table", "d.sql:1 drop-table"});
  CHECK(lint(files, "select = [\"drop-column\"]").lines() == Lines{"c.sql:1 drop-column"});
  CHECK(lint(files, kDropRules, "d.sql").lines() == Lines{"d.sql:1 drop-table"});
}

TEST_CASE("suppressions hide, wherever they stand, and are counted") {
  const SourceFile given{"1.sql", "CREATE TABLE t (id int, x int); CREATE TABLE s (id int);\n"};
  const auto with = [&](const std::string& text) { return lint({given, {"2.sql", text}}, kDropRules, "2.sql"); };
  CHECK(with("-- whimbrel: ignore drop-table (x)\nDROP TABLE t;\nDROP TABLE s;\n").lines() == Lines{"2.sql:3 drop-table"});
  CHECK(with("DROP TABLE t; -- whimbrel: ignore drop-table (x)\nDROP TABLE s;\n").lines() == Lines{"2.sql:2 drop-table"});
  CHECK(with("-- whimbrel: ignore-file drop-table (x)\nDROP TABLE t;\nDROP TABLE s;\n").lines().empty());
  CHECK(with("-- whimbrel: ignore-file drop-table (x)\nDROP TABLE t;\nDROP TABLE s;\n").report.suppressed == 2);
  CHECK(with("-- whimbrel: ignore drop-table, drop-column\nALTER TABLE t DROP COLUMN x;\n").lines() == Lines{"2.sql:1 unused-suppression"});
  CHECK(with("DO $$ BEGIN\n  -- whimbrel: ignore drop-table (x)\n  DROP TABLE t;\n  DROP TABLE s;\nEND $$;\n").lines() == Lines{"2.sql:4 drop-table"});
  CHECK(with("-- whimbrel: ignore drop-table (x)\nDO $$ BEGIN\n  DROP TABLE t;\n  DROP TABLE s;\nEND $$;\n").lines().empty());
}

TEST_CASE("suppressions that are idle or wrong are found, those of rules that are off are not") {
  const auto with = [&](const std::string& text, const std::string& more = "") { return lint({{"1.sql", text}}, kDropRules + more).lines(); };
  CHECK(with("-- whimbrel: ignore drop-table (x)\nSELECT 1;\n") == Lines{"1.sql:1 unused-suppression"});
  CHECK(with("-- whimbrel: ignore drop-tabel (x)\nSELECT 1;\n") == Lines{"1.sql:1 unknown-suppression"});
  CHECK(with("-- whimbrel: ignore\nSELECT 1;\n") == Lines{"1.sql:1 unknown-suppression"});
  CHECK(with("-- whimbrel: ignore truncate (x)\nSELECT 1;\n").empty());
  CHECK(with("-- whimbrel: ignore drop-table (x)\nSELECT 1;\n", "start_after = \"1\"").empty());
  CHECK(with("-- whimbrel: ignore drop-table (x)\nSELECT 1;\n", "[per_file_ignores]\n\"*.sql\" = [\"drop-table\"]").empty());
}

TEST_CASE("per-file ignores and severities") {
  const std::vector<SourceFile> files{{"a/1.sql", "CREATE TABLE t (id int); CREATE TABLE s (id int);\n"}, {"a/2.sql", "DROP TABLE t;\n"}, {"a/3.sql", "DROP TABLE s;\n"}};
  CHECK(lint(files, std::string(kDropRules) + "[per_file_ignores]\n\"a/2.sql\" = [\"destructive\"]").lines() == Lines{"a/3.sql:1 drop-table"});
  CHECK(lint(files, std::string(kDropRules) + "[per_file_ignores]\n\"a/\" = [\"drop-table\"]").lines().empty());
  const Run run = lint(files, std::string(kDropRules) + "[severity]\ndrop-table = \"info\"");
  CHECK(run.report.summary.infos == 2);
  CHECK(run.report.summary.errors + run.report.summary.warnings == 0);
}

TEST_CASE("start_after silences what it names and all before, a name that is not there is told") {
  const std::vector<SourceFile> files{{"1.sql", "CREATE TABLE t (id int); CREATE TABLE s (id int);\n"}, {"2.sql", "DROP TABLE t;\n"}, {"3.sql", "DROP TABLE s;\n"}};
  const Run run = lint(files, std::string(kDropRules) + "start_after = \"2\"");
  CHECK(run.lines() == Lines{"3.sql:1 drop-table"});
  CHECK(run.report.summary.migrations == 1);
  CHECK(run.report.notes.empty());
  const Report wrong = lint(files, std::string(kDropRules) + "start_after = \"7\"").report;
  REQUIRE(wrong.troubles.size() == 1);
  CHECK(wrong.troubles[0].contains("start_after: there is no migration '7'"));
}

TEST_CASE("down parts are judged by what makes them fail, by every rule with check_down") {
  const std::vector<SourceFile> files{{"1.up.sql", "CREATE TABLE t (id int);\n"}, {"1.down.sql", "DROP TABLE t;\nDROP TABEL x;\n"}};
  CHECK(lint(files, kDropRules).lines() == Lines{"1.down.sql:2 syntax-error"});
  CHECK(lint(files, std::string(kDropRules) + "check_down = true").lines() == Lines{"1.down.sql:1 drop-table", "1.down.sql:2 syntax-error"});
  CHECK(lint(files, std::string(kDropRules) + "check_down = true").report.findings[0].down);
}

TEST_CASE("totals, and what cannot be known") {
  const Run run = lint({{"1.sql", "CREATE TABLE t (id int, x int);\n"}, {"2.sql", "ALTER TABLE t ADD COLUMN y int, ADD COLUMN z int;\nDO $$ BEGIN EXECUTE 'DROP TABLE ' || t(); END $$;\n"}}, "", "2.sql");
  CHECK(run.report.summary.files == 1);
  CHECK(run.report.summary.migrations == 1);
  CHECK(run.report.summary.operations >= 3);
  CHECK(run.report.summary.unknown == 1);
  REQUIRE(run.report.unknown.size() == 1);
}

TEST_CASE("a finding knows its migration and its locks") {
  const Run run = lint({{"1.sql", "CREATE TABLE t (id int);\n"}, {"2.sql", "DROP TABLE t;\n"}}, kDropRules);
  REQUIRE(run.report.findings.size() == 1);
  const Finding& finding = run.report.findings.front();
  CHECK(finding.migration == "2");
  REQUIRE(finding.locks.size() == 1);
  CHECK(finding.locks[0].relation == "public.t");
  CHECK(finding.locks[0].mode == LockMode::access_exclusive);
}

TEST_CASE("a migration with its halves in two files is judged by the one that was named") {
  const std::vector<SourceFile> files{{"1.up.sql", "CREATE TABLE t (id int);\n"}, {"1.down.sql", "-- nothing\n"}};
  const std::string configuration = "select = [\"empty-downgrade\", \"missing-downgrade\"]\n";
  CHECK(lint(files, configuration).lines() == Lines{"1.down.sql:1 empty-downgrade"});
  CHECK(lint(files, configuration, "1.up.sql").lines().empty());
}

TEST_CASE("a finding in a helper of the revision says which call led there; one in an imported helper stands at the call") {
  const std::string head = "from alembic import op\nfrom helpers import remove\nrevision = 'a'\ndown_revision = None\n";
  const std::string text = head +
                           "def drop(table):\n    op.drop_table(table)\ndef both(*tables):\n    for table in tables:\n        drop(table)\n"
                           "def upgrade():\n    both('t')\n    op.drop_table('s')\n    remove('r')\n";
  const Run run = lint({{"versions/a.py", text}, {"versions/helpers.py", "from alembic import op\ndef remove(table):\n    op.drop_table(table)\n"}}, kDropRules);
  REQUIRE(run.lines() == Lines{"versions/a.py:6 drop-table", "versions/a.py:12 drop-table", "versions/a.py:13 drop-table"});
  std::vector<std::string> labels;
  for (const Label& label : run.report.findings[0].labels) labels.push_back(std::string(run.sources.text(label.span)) + ": " + label.message);
  CHECK(labels == Lines{"both('t'): called from here", "drop(table): called from here"});
  CHECK(run.report.findings[1].labels.empty());
  CHECK(run.report.findings[2].labels.empty());
}

TEST_CASE("batches go by the key that the table has") {
  const auto help = [](const std::string& table) {
    const Run run = lint({{"1.sql", table}, {"2.sql", "ALTER TABLE t RENAME COLUMN a TO b;\n"}}, "select = [\"rename-column\"]", "2.sql");
    REQUIRE(run.report.findings.size() == 1);
    return run.report.findings[0].help;
  };
  CHECK(help("CREATE TABLE t (id bigint PRIMARY KEY, a text);").contains("SET b = a WHERE id BETWEEN 1 AND 10000;"));
  CHECK(help("CREATE TABLE t (n int PRIMARY KEY, a text);").contains("WHERE n BETWEEN 1 AND 10000;"));
  CHECK(help("CREATE TABLE t (id uuid PRIMARY KEY, a text);").contains("WHERE id IN (SELECT id FROM t WHERE b IS NULL AND a IS NOT NULL LIMIT 10000);"));
  CHECK(help("CREATE TABLE t (x int, y int, a text, PRIMARY KEY (x, y));").contains("WHERE ctid = ANY (ARRAY(SELECT ctid FROM t WHERE b IS NULL AND a IS NOT NULL LIMIT 10000));"));
  CHECK(help("CREATE TABLE t (id uuid PRIMARY KEY, a text NOT NULL);").contains("(SELECT id FROM t WHERE b IS NULL LIMIT 10000);"));
  CHECK(help("SELECT 1;").contains("WHERE id BETWEEN 1 AND 10000;"));
}

TEST_CASE("advice and words fit what the history knows") {
  const std::string base =
      "CREATE TABLE p (id int PRIMARY KEY, v int, ok boolean);\nCREATE TABLE a (id int PRIMARY KEY, p_id int REFERENCES p);\n"
      "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n";
  const auto only = [&](const std::string& rule, const std::string& change) {
    const Run run = lint({{"1.sql", base}, {"2.sql", change}}, "select = [\"" + rule + "\"]", "2.sql");
    REQUIRE(run.report.findings.size() == 1);
    return run.report.findings[0];
  };
  CHECK(only("create-index-non-concurrent", "CREATE INDEX IF NOT EXISTS p_v ON p (v);").help ==
        "DROP INDEX CONCURRENTLY IF EXISTS p_v;\nCREATE INDEX CONCURRENTLY p_v ON p (v);");
  CHECK(only("add-foreign-key-without-not-valid", "BEGIN; CREATE TABLE n (id int PRIMARY KEY); ALTER TABLE p ADD FOREIGN KEY (v) REFERENCES n; COMMIT;")
            .message.contains("blocks writes of p until"));
  CHECK(only("add-foreign-key-without-not-valid", "ALTER TABLE p ADD FOREIGN KEY (v) REFERENCES a;").message.contains("blocks writes of p and a until"));
  CHECK(only("change-column-type", "ALTER TABLE p ALTER id TYPE bigint;").message.contains("; a, joined to it by foreign keys, is locked too"));
  CHECK(only("drop-column", "ALTER TABLE p DROP ok, ADD ok boolean DEFAULT false;").help.contains("ALTER TABLE p ALTER COLUMN ok SET DEFAULT false;"));
  CHECK(only("drop-column", "ALTER TABLE a DROP p_id, ADD p_id text;").help.contains("ALTER TABLE a DROP CONSTRAINT a_p_id_fkey;\nALTER TABLE a ALTER COLUMN p_id TYPE text"));
  CHECK_FALSE(only("drop-column", "BEGIN; TRUNCATE p CASCADE; ALTER TABLE p DROP v; COMMIT;").message.contains("values"));
  CHECK(only("missing-lock-timeout", "ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE;").message.contains("its lock on p "));
}

TEST_CASE("the new index of a primary key has a name that is free, which the constraint gives it then") {
  const auto help = [](const std::string& change) {
    const Run run = lint({{"1.sql", "CREATE TABLE q (id serial PRIMARY KEY, n int NOT NULL);"}, {"2.sql", change}}, "select = [\"add-primary-key-without-index\"]", "2.sql");
    REQUIRE(run.report.findings.size() == 1);
    return run.report.findings[0].help;
  };
  const std::string same_statement = help("ALTER TABLE q DROP COLUMN id, ADD PRIMARY KEY (n);\n");
  CHECK(same_statement.contains("CREATE UNIQUE INDEX CONCURRENTLY q_n_idx ON q (n);"));
  CHECK(same_statement.contains("ADD CONSTRAINT q_pkey PRIMARY KEY USING INDEX q_n_idx;"));
  CHECK(help("ALTER TABLE q DROP COLUMN id;\nALTER TABLE q ADD PRIMARY KEY (n);\n").contains("CREATE UNIQUE INDEX CONCURRENTLY q_pkey ON q (n);"));
}

TEST_CASE("a name that a template writes is not quoted") {
  const Run run = lint({{"1.sql", "CREATE TABLE {{ .Ns }}.a (id int PRIMARY KEY, v text);"}, {"2.sql", "CREATE INDEX a_v ON {{ .Ns }}.a (v);\n"}},
                       "select = [\"create-index-non-concurrent\"]", "2.sql");
  REQUIRE(run.report.findings.size() == 1);
  CHECK(run.report.findings[0].help.contains("ON {{ .Ns }}.a (v);"));
}

TEST_CASE("a name that comes back in the same migration is not missed by code, but its values are lost") {
  const auto message = [](const std::string& change) {
    const Run run = lint({{"1.sql", "CREATE TABLE a (id int PRIMARY KEY, v text, w int);"}, {"2.sql", change}}, "select = [\"drop-column\", \"drop-table\"]", "2.sql");
    REQUIRE(run.report.findings.size() == 1);
    return run.report.findings[0].message;
  };
  CHECK(message("ALTER TABLE a DROP COLUMN v, ADD COLUMN v int;").contains("takes its name"));
  CHECK(message("ALTER TABLE a DROP COLUMN v;\nALTER TABLE a RENAME COLUMN w TO v;").contains("takes its name"));
  CHECK(message("ALTER TABLE a DROP COLUMN v;\nALTER TABLE a RENAME COLUMN w TO x;").contains("still names it"));
  CHECK(message("DROP TABLE a;\nCREATE TABLE a AS SELECT 1 AS id;").contains("takes its name"));
  CHECK(message("DROP TABLE a;\nCREATE TABLE b AS SELECT 1 AS id;").contains("still uses it"));
}

TEST_CASE("a table has at most 1,600 columns") {
  std::string text = "CREATE TABLE t (id int);\n";
  for (int i = 0; i < 1601; ++i) text += "ALTER TABLE t ADD COLUMN c" + std::to_string(i) + " int;\n";
  const Run run = lint({{"1.sql", text}}, "select = [\"statement-fails\"]");
  REQUIRE(run.report.findings.size() == 2);
  CHECK(run.lines().front() == "1.sql:1601 statement-fails");
  CHECK(run.report.findings.front().message.contains("54011"));
}
