"""The command-line contract: commands, exit codes, suppression, configuration, standard input."""
import json
import pathlib
import unittest

from project import BAD_INDEX, TIMEOUT, Project

REPO = pathlib.Path(__file__).resolve().parents[2]


class Contract(Project):
    def found(self, *arguments, stdin=None, code=None):
        return json.loads(self.run_it("check", "--format", "json", *arguments, stdin=stdin, code=code).stdout)

    def rules(self, *arguments, **how):
        return [f["rule"] for f in self.found(*arguments, **how)["findings"]]

    def test_version_and_help(self):
        self.assertIn("PostgreSQL 1", self.run_it("--version", code=0).stdout)
        self.assertIn("check", self.run_it("--help", code=0).stdout)
        self.assertIn("--fail-on", self.run_it("check", "--help", code=0).stdout)

    def test_plain_path_is_check(self):
        self.write("a.sql", BAD_INDEX)
        self.assertEqual(self.run_it("a.sql", code=1).stdout, self.run_it("check", "a.sql", code=1).stdout)
        self.assertEqual(self.run_it("--format", "gcc", "a.sql", code=1).stdout.count("\n"), 1)

    def test_fail_on(self):
        self.write("a.sql", BAD_INDEX)
        self.run_it("check", "--fail-on", "never", "a.sql", code=0)
        self.run_it("check", "--fail-on", "error", "a.sql", code=1)
        self.write("b.sql", "ALTER TABLE users ALTER COLUMN a SET DEFAULT 1;\n")
        self.assertEqual(self.rules("b.sql", code=0), ["missing-lock-timeout"])
        self.run_it("check", "--fail-on", "info", "b.sql", code=1)

    def test_a_named_file_is_judged_alone_after_replaying_the_ones_before(self):
        self.write("0001_users.sql", "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\nCREATE INDEX old ON other (x);\n")
        self.write("0002_set.sql", TIMEOUT + "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n")
        self.write("0003_more.sql", BAD_INDEX)
        self.assertEqual(self.rules("0002_set.sql", code=0), [])
        report = self.found("0003_more.sql", code=1)
        self.assertEqual([f["migration"] for f in report["findings"]], ["0003_more"])
        self.assertEqual(report["summary"]["files"], 1)

    def test_standard_input_replaces_the_file_in_its_history(self):
        self.write("0001_users.sql", "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n")
        self.write("0002_set.sql", BAD_INDEX)
        arguments = ("--stdin-filename", "0002_set.sql", "-")
        self.assertEqual(self.rules(*arguments, stdin=TIMEOUT + "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n", code=0), [])
        found = self.found(*arguments, stdin=BAD_INDEX, code=1)["findings"]
        self.assertEqual([(f["file"], f["rule"]) for f in found], [("0002_set.sql", "create-index-non-concurrent")])

    def test_standard_input_alone(self):
        self.assertEqual(self.rules("-", stdin=BAD_INDEX, code=1), ["create-index-non-concurrent"])

    def test_suppression(self):
        self.write("a.sql", TIMEOUT + "-- whimbrel: ignore create-index-non-concurrent (small table)\n-- approved\nCREATE INDEX a ON t (x);\n"
                   "CREATE INDEX b ON t (x); -- whimbrel: ignore WB101\nCREATE INDEX c ON t (x);\n")
        report = self.found("a.sql", code=1)
        self.assertEqual([(f["rule"], f["line"]) for f in report["findings"]], [("create-index-non-concurrent", 6)])
        self.assertEqual(report["suppressed"], 2)

    def test_suppression_of_a_file(self):
        self.write("a.sql", "-- whimbrel: ignore-file create-index-non-concurrent (all small)\n" + BAD_INDEX)
        self.assertEqual(self.rules("a.sql", code=0), [])

    def test_suppression_that_is_wrong(self):
        self.write("a.sql", "-- whimbrel: ignore drop-tabel\nSELECT 1;\n-- whimbrel: ignore drop-table\nSELECT 2;\n")
        report = self.found("a.sql", code=1)
        self.assertEqual([(f["rule"], f["line"]) for f in report["findings"]], [("unknown-suppression", 1), ("unused-suppression", 3)])
        self.assertIn("drop-table", report["findings"][0]["message"])

    def test_configuration(self):
        self.write("whimbrel.toml", 'pg_version = 16\nlock_timeout = "5s"\nignore = ["create-index-non-concurrent"]\n'
                   'exclude = ["legacy/**"]\n[severity]\ndrop-column = "info"\n[per_file_ignores]\n"b.sql" = ["drop-table"]\n')
        self.write("a.sql", "CREATE INDEX i ON t (x);\nALTER TABLE t DROP COLUMN x;\n")
        self.write("b.sql", "DROP TABLE t;\n")
        self.write("legacy/c.sql", "DROP TABLE t;\n")
        report = self.found(".", code=0)
        self.assertEqual(report["pg_version"], 16)
        self.assertEqual([(f["rule"], f["severity"]) for f in report["findings"]], [("drop-column", "info")])

    def test_configuration_in_pyproject(self):
        self.write("pyproject.toml", '[project]\nname = "x"\n[tool.whimbrel]\nselect = ["drop-table"]\n')
        self.write("m/a.sql", BAD_INDEX + "DROP TABLE t;\n")
        self.assertEqual(self.rules("m", code=1), ["drop-table"])

    def test_start_after(self):
        self.write("whimbrel.toml", 'start_after = "0001_a"\n')
        self.write("0001_a.sql", BAD_INDEX)
        self.write("0002_b.sql", TIMEOUT + "DROP TABLE users;\n")
        self.assertEqual(self.rules(".", code=1), ["drop-table"])

    def test_select_extend_and_ignore(self):
        self.write("a.sql", BAD_INDEX + "DROP TABLE t;\n")
        self.assertEqual(self.rules("--select", "destructive", "a.sql"), ["drop-table"])
        self.assertEqual(self.rules("--select", "WB101", "a.sql"), ["create-index-non-concurrent"])
        self.assertEqual(self.rules("--ignore", "drop-table,WB101", "a.sql"), [])
        self.assertEqual(self.rules("--select", "WB101", "--extend-select", "drop-table", "a.sql"), ["create-index-non-concurrent", "drop-table"])

    def test_gitignore_and_hidden_folders(self):
        self.write(".gitignore", "build/\n")
        for folder in ("build", ".hidden", "node_modules", "src"):
            self.write(f"{folder}/a.sql", BAD_INDEX)
        self.assertEqual([f["file"] for f in self.found(".")["findings"]], ["src/a.sql"])

    def test_other_dialects_are_skipped_with_a_note(self):
        self.write("a.sql", "CREATE TABLE `t` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;\n")
        done = self.run_it("check", ".", code=0)
        self.assertIn("MySQL", done.stderr)

    def test_a_python_file_that_is_no_revision(self):
        self.write("migrations/helpers.py", "def f():\n    return 1\n")
        self.run_it("check", "migrations/helpers.py", code=0)

    def test_locks_json(self):
        self.write("a.sql", "BEGIN;\nALTER TABLE users ADD COLUMN a int;\nCOMMIT;\n")
        rows = json.loads(self.run_it("locks", "--format", "json", "a.sql", code=0).stdout)["statements"]
        self.assertEqual([row["operation"] for row in rows], ["Begin", "AlterTable", "Commit"])
        self.assertEqual(rows[1]["locks"], [{"relation": "public.users", "mode": "ACCESS EXCLUSIVE", "blocks": ["reads", "writes"]}])
        self.assertEqual((rows[0]["in_transaction"], rows[1]["in_transaction"]), (False, True))
        self.assertEqual(rows[1]["text"], "ALTER TABLE users ADD COLUMN a int")
        self.assertIn("ACCESS EXCLUSIVE", self.run_it("locks", "a.sql", code=0).stdout)

    def test_locks_sum_transactions(self):
        self.write("a.sql", "BEGIN;\nCREATE INDEX ON users (a);\nALTER TABLE users RENAME TO people;\nALTER TABLE people ADD COLUMN b int;\n"
                            "SAVEPOINT s;\nALTER TABLE other ADD COLUMN c int;\nROLLBACK TO s;\nALTER TABLE third ADD CHECK (a > 0);\nCOMMIT;\n"
                            "ALTER TABLE alone ADD COLUMN d int;\n")
        done = json.loads(self.run_it("locks", "--format", "json", "a.sql", code=0).stdout)
        # A renamed table is locked already; one that ROLLBACK TO let go is not.
        self.assertEqual([len(row["locks"]) for row in done["statements"]], [0, 1, 1, 0, 0, 1, 0, 1, 0, 1])
        self.assertEqual(len(done["transactions"]), 1)
        transaction = done["transactions"][0]
        self.assertEqual((transaction["line"], transaction["first_statement"], transaction["statements"]), (2, 1, 8))
        self.assertEqual([(lock["relation"], lock["mode"], lock["since"]["line"], lock.get("until", {}).get("line"), lock["heaviest_work"])
                          for lock in transaction["locks"]],
                         [("public.other", "ACCESS EXCLUSIVE", 6, 8, "instant"), ("public.third", "ACCESS EXCLUSIVE", 8, None, "scan"),
                          ("public.users", "ACCESS EXCLUSIVE", 3, None, "scan")])
        text = self.run_it("locks", "a.sql", code=0).stdout
        self.assertIn("since line 6 until line 8, instant", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_locks_follow_the_transaction(self):
        self.write("a.sql", "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE t (m mood, p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\n"
                            "BEGIN;\nALTER TYPE mood ADD VALUE 'new';\nINSERT INTO t VALUES ('new', 1);\nCOMMIT;\n"
                            "BEGIN;\nSAVEPOINT s;\nALTER TYPE mood ADD VALUE 'newer';\nROLLBACK TO s;\nINSERT INTO t VALUES ('new', 1);\n"
                            "ALTER TABLE t ADD COLUMN z int;\nCOMMIT;\nALTER TABLE t ADD COLUMN y int;\n")
        rows = json.loads(self.run_it("locks", "--format", "json", "a.sql", code=0).stdout)["statements"]
        self.assertEqual([(row["line"], row["error"]) for row in rows if row["error"]], [(6, "55P04"), (13, "55006")])

    def test_schema(self):
        self.write("0001_a.sql", "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20) NOT NULL DEFAULT 'x');\n")
        self.write("0002_b.sql", "DROP TABLE users;\n")
        self.assertEqual(json.loads(self.run_it("schema", "--format", "json", ".", code=0).stdout)["tables"], [])
        table = json.loads(self.run_it("schema", "--format", "json", "--at", "0001_a", ".", code=0).stdout)["tables"][0]
        self.assertEqual(table["name"], "public.users")
        self.assertEqual(table["columns"][1], {"name": "email", "type": "character varying(20)", "not_null": True, "default": "'x'",
                                               "identity": None, "generated": None})
        self.assertEqual(table["indexes"][0]["name"], "users_pkey")
        self.assertIn("nope", self.run_it("schema", "--at", "nope", ".", code=2).stderr)

    def test_debug(self):
        self.write("0001_a.sql", "CREATE TABLE users (id bigint);\n")
        self.assertIn("0001_a.sql", self.run_it("debug", "files", ".", code=0).stdout)
        self.assertIn("CreateTable", self.run_it("debug", "operations", ".", code=0).stdout)
        self.assertIn("0001_a", self.run_it("debug", "history", ".", code=0).stdout)
        for phase in ("files", "operations", "history"):
            json.loads(self.run_it("debug", phase, "--format", "json", ".", code=0).stdout)

    def test_rules_and_explain(self):
        listed = json.loads(self.run_it("rules", "--format", "json", code=0).stdout)["rules"]
        self.assertEqual(len({rule["code"] for rule in listed}), len(listed))
        for rule in listed:
            self.assertIn(rule["code"], self.run_it("explain", rule["rule"], code=0).stdout)

    def test_the_storefront(self):
        report = self.found(str(REPO / "testdata/projects/storefront"), code=1)
        self.assertGreater(report["summary"]["files"], 40)
        self.assertGreater(report["summary"]["errors"], 5)


if __name__ == "__main__":
    unittest.main()
