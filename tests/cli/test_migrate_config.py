"""migrate-config: other linters' configuration and ignores as whimbrel's; what cannot be translated is said with its line."""
import tomllib
import unittest

from project import TIMEOUT, Project

SQUAWK = '''excluded_paths = ["db/old/*.sql"]
excluded_rules = [
    "ban-drop-column",
    "no-such-rule",
]
pg_version = "15.2"
assume_in_transaction = true
[upload_to_github]
fail_on_violations = true
'''


class MigrateConfig(Project):
    command = ("migrate-config",)

    def read(self, name, text, code=0):
        self.write(name, text)
        done = self.run_it(name, code=code)
        return (tomllib.loads(done.stdout) if code == 0 else {}), done.stderr

    def check(self, *arguments, code):
        self.command = ()
        done = self.run_it("check", *arguments, code=code)
        self.command = ("migrate-config",)
        return done

    def test_squawk(self):
        ours, said = self.read(".squawk.toml", SQUAWK)
        self.assertEqual(ours, {"pg_version": 15, "transaction": "per-migration", "ignore": ["drop-column"], "exclude": ["db/old/*.sql"]})
        self.assertIn(".squawk.toml:2: 'excluded_rules': no rule is what squawk calls 'no-such-rule'", said)
        self.assertIn(".squawk.toml:9: 'upload_to_github.fail_on_violations': has no counterpart", said)

    def test_what_is_said_is_in_the_file_too(self):
        self.write(".squawk.toml", SQUAWK)
        self.assertIn("# line 9: 'upload_to_github.fail_on_violations': has no counterpart\n", self.run_it(".squawk.toml", code=0).stdout)

    def test_squawk_adds_rules_and_pgfence_names_all(self):
        self.assertEqual(self.read(".squawk.toml", 'included_rules = ["prefer-bigint-over-int"]\n')[0]["select"], ["default", "prefer-bigint-over-int"])
        self.assertEqual(self.read(".pgfence.toml", 'enable-rules = ["drop-table"]\n')[0]["select"], ["drop-table"])

    def test_pgfence_in_toml_and_json(self):
        toml, said = self.read(".pgfence.toml", 'min-pg-version = 13\nmax-risk = "low"\ndisable-rules = ["rename-column"]\nrequire-lock-timeout = false\ndb-url = "x"\n')
        json, said_of_json = self.read(".pgfence.json", '{"min-pg-version": 13,\n "max-risk": "low", "disable-rules": ["rename-column"], "require-lock-timeout": false,\n "db-url": "x"}')
        self.assertEqual(toml, json)
        self.assertEqual(toml, {"pg_version": 13, "fail_on": "warning", "ignore": ["rename-column", "missing-lock-timeout"]})
        self.assertIn(".pgfence.toml:5: 'db-url': has no counterpart", said)
        self.assertIn(".pgfence.json:3: 'db-url': has no counterpart", said_of_json)

    def test_pg_migration_lint(self):
        ours, said = self.read("pg-migration-lint.toml", '[migrations]\npaths = ["db"]\ndefault_schema = "app"\nrun_in_transaction = false\n[cli]\nfail_on = "major"\n[rules]\ndisabled = ["PGM009"]\n')
        self.assertEqual(ours, {"fail_on": "warning", "default_schema": "app", "transaction": "none", "ignore": ["drop-column"]})
        self.assertIn("pg-migration-lint.toml:2: 'migrations.paths': has no counterpart", said)

    def test_odd_values_are_said_and_strings_are_escaped(self):
        ours, said = self.read(".squawk.toml", 'excluded_rules = 3\npg_version = "9.6"\nexcluded_paths = ["a\\"b\\\\c\\nd"]\n')
        self.assertEqual(ours, {"exclude": ['a"b\\c\nd']})
        self.assertIn(":1: 'excluded_rules': is not a list of names, and was left out", said)
        self.assertIn(":2: 'pg_version': is not a major version from 10 to 19", said)

    def test_what_does_not_parse(self):
        self.assertIn(".squawk.toml:1: ", self.read(".squawk.toml", "a = [\n", code=2)[1].replace(".squawk.toml:2:", ".squawk.toml:1:"))
        self.assertIn("not a JSON object", self.read(".pgfence.json", "[", code=2)[1])
        self.assertNotEqual(self.run_it("missing.sql", code=2).stderr, "")

    def test_comments(self):
        text = TIMEOUT + ("-- squawk-ignore ban-drop-table -- it is (long) unused\nDROP TABLE a;\n-- pgfence-ignore: drop-table\nDROP TABLE b;\n"
                          "-- pgm-lint:suppress PGM201\nDROP TABLE c;\n/* squawk-ignore ban-drop-table */\nDROP TABLE d;\n-- pgfence: ignore drop-table\r\nDROP TABLE e;\n")
        self.write("m/0001_a.sql", text)
        shown = self.run_it("m/0001_a.sql", code=0).stdout
        self.assertIn("m/0001_a.sql:2\n- -- squawk-ignore ban-drop-table -- it is (long) unused\n+ -- whimbrel: ignore drop-table (it is  long  unused)\n", shown)
        self.assertEqual((self.folder / "m/0001_a.sql").read_bytes(), text.encode())
        self.check("m", code=1)
        self.run_it("--write", "m/0001_a.sql", code=0)
        self.assertIn(b"-- whimbrel: ignore drop-table (from pgfence)\r\nDROP TABLE e;", (self.folder / "m/0001_a.sql").read_bytes())
        self.check("m", "--fail-on", "info", code=0)

    def test_whole_files(self):
        self.write("m/0001_a.sql", "-- squawk-ignore-file ban-drop-table\n" + TIMEOUT + "DROP TABLE a;\nDROP TABLE b;\n")
        self.run_it("--write", "m/0001_a.sql", code=0)
        self.check("m", "--fail-on", "info", code=0)

    def test_comments_that_have_no_counterpart_stay(self):
        text = "-- squawk-ignore\nDROP TABLE a;\n-- pgfence-ignore: no-such, drop-table\nDROP TABLE b;\nSELECT 'squawk-ignore x'; -- about squawk-ignore\n"
        self.write("a.sql", text)
        done = self.run_it("--write", "a.sql", code=0)
        self.assertIn("a.sql:1: 'squawk-ignore' without a rule silences everything", done.stderr)
        self.assertIn("a.sql:3: no rule is what pgfence calls 'no-such'", done.stderr)
        self.assertEqual((self.folder / "a.sql").read_text(), text.replace("pgfence-ignore: no-such, drop-table", "whimbrel: ignore drop-table (from pgfence)"))

    def test_nothing_is_overwritten_without_being_told(self):
        self.write(".squawk.toml", 'excluded_rules = ["ban-drop-column"]\n')
        self.run_it("--write", ".squawk.toml", code=0)
        self.write("whimbrel.toml", "pg_version = 12\n")
        self.assertIn("whimbrel.toml is there already", self.run_it("--write", ".squawk.toml", code=2).stderr)
        self.assertEqual((self.folder / "whimbrel.toml").read_text(), "pg_version = 12\n")
        self.run_it("--write", "--overwrite", ".squawk.toml", code=0)
        self.assertIn("drop-column", (self.folder / "whimbrel.toml").read_text())
        self.write("m/0001_a.sql", TIMEOUT + "ALTER TABLE t DROP COLUMN a;\n")
        self.check("m", code=0)


if __name__ == "__main__":
    unittest.main()
