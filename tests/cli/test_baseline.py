"""--baseline and --write-baseline: a project adopts the tool without one old finding."""
import json
import unittest

from project import BAD_INDEX, TIMEOUT, Project

REVISION = '''from alembic import op
import sqlalchemy as sa
revision = "a"
down_revision = None
TABLE = "users"


def upgrade():
    op.execute("SET lock_timeout = '1s'")
    op.drop_table(TABLE)


def downgrade():
    op.execute("SELECT 1")
'''


class Baseline(Project):
    command = ("check",)

    def report(self, *arguments, **how):
        return json.loads(self.run_it("--format", "json", *arguments, **how).stdout)

    def rules(self, *arguments, **how):
        return [f["rule"] for f in self.report(*arguments, **how)["findings"]]

    def entries(self):
        return json.loads((self.folder / "base.json").read_text())["findings"]

    def old_project(self):
        self.write("db/0001.sql", BAD_INDEX)
        self.write("db/0002.sql", TIMEOUT + "DROP TABLE a, b;\nDROP TABLE c;\nDROP TABLE c;\n")

    def test_old_findings_are_silent_and_new_ones_are_not(self):
        self.old_project()
        done = self.run_it("--write-baseline", "base.json", "db", code=0)
        self.assertIn("5 findings", done.stderr)
        report = self.report("--baseline", "base.json", "db", code=0)
        self.assertEqual((report["findings"], report["suppressed"]), ([], 5))
        self.write("db/0003.sql", TIMEOUT + "TRUNCATE users;\n")
        self.assertEqual(self.rules("--baseline", "base.json", "db", code=1), ["truncate"])

    def test_moved_lines_layout_and_comments(self):
        self.old_project()
        self.write("alembic/versions/a.py", REVISION)
        self.run_it("--write-baseline", "base.json", ".", code=0)
        self.write("db/0001.sql", "-- a comment\n\n" + TIMEOUT + "create   index users_email_idx\n  on users (email); -- here\n")
        self.write("alembic/versions/a.py", "# moved\n" + REVISION.replace("TABLE", "name"))
        self.assertEqual(self.rules("--baseline", "base.json", ".", code=0), [])
        (self.folder / "db").rename(self.folder / "migrations")
        self.assertEqual([r for r in self.rules("--baseline", "base.json", "migrations", "alembic", code=0)], [])

    def test_equal_findings_are_counted(self):
        self.old_project()
        self.run_it("--write-baseline", "base.json", "db", code=0)
        self.write("db/0002.sql", TIMEOUT + "DROP TABLE a, b;\nDROP TABLE c;\nDROP TABLE c;\nDROP TABLE c;\n")
        report = self.report("--baseline", "base.json", "db", code=1)
        self.assertEqual([f["line"] for f in report["findings"]], [5])

    def test_an_entry_that_hides_nothing_says_so_and_breaks_nothing(self):
        self.old_project()
        self.run_it("--write-baseline", "base.json", "db", code=0)
        self.write("db/0001.sql", TIMEOUT + "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);\n")
        finding, = self.report("--baseline", "base.json", "db", code=0)["findings"]
        self.assertEqual((finding["rule"], finding["severity"], finding["file"]), ("unused-baseline-entry", "info", "base.json"))
        line = (self.folder / "base.json").read_text().splitlines()[finding["line"] - 1]
        self.assertEqual(json.loads(line.rstrip(","))["file"], "db/0001.sql")
        # A run that does not look there cannot tell; nor one that does not ask for the rule.
        self.assertEqual(self.rules("--baseline", "base.json", "db/0002.sql", code=0), [])
        self.assertEqual(self.rules("--baseline", "base.json", "--ignore", "create-index-non-concurrent", "db", code=0), [])
        self.assertEqual(self.rules("--baseline", "base.json", "--ignore", "unused-baseline-entry", "db", code=0), [])
        (self.folder / "db/0001.sql").unlink()
        self.assertEqual(self.rules("--baseline", "base.json", "db", code=0), ["unused-baseline-entry"])
        self.assertEqual(self.rules("--baseline", "base.json", "db/0002.sql", code=0), [])
        self.run_it("--write-baseline", "base.json", "db", code=0)
        self.assertEqual(self.rules("--baseline", "base.json", "db", code=0), [])

    def test_a_run_over_a_part_replaces_that_part(self):
        self.old_project()
        self.run_it("--write-baseline", "base.json", "db", code=0)
        before = self.entries()
        self.write("db/0001.sql", TIMEOUT + "TRUNCATE users;\n")
        self.run_it("--write-baseline", "base.json", "db/0001.sql", code=0)
        self.assertEqual([e["rule"] for e in self.entries()], ["truncate"] + ["drop-table"] * 4)
        self.write("db/0001.sql", BAD_INDEX)
        self.run_it("--write-baseline", "base.json", "--select", "create-index-non-concurrent", "db", code=0)
        self.assertEqual([e["rule"] for e in self.entries()], ["create-index-non-concurrent", "truncate"] + ["drop-table"] * 4)
        self.run_it("--write-baseline", "base.json", "db", code=0)
        self.assertEqual(self.entries(), before)

    def test_the_file_is_stable_and_readable(self):
        self.old_project()
        self.run_it("--write-baseline", "base.json", "db", code=0)
        text = (self.folder / "base.json").read_text()
        self.run_it("--write-baseline", "../other.json", ".", cwd=self.folder / "db", code=0)
        other = (self.folder / "other.json").read_text()
        self.assertEqual(text, other)
        self.assertEqual(json.loads(text)["version"], 1)
        self.assertEqual(self.entries()[0]["statement"], "create index users_email_idx on users ( email )")
        self.assertEqual(sum("fingerprint" in line for line in text.splitlines()), 5)
        self.run_it("--baseline", "base.json", "--write-baseline", "base.json", "db", code=0)
        self.assertEqual((self.folder / "base.json").read_text(), text)
        self.assertEqual(self.rules("--baseline", "../base.json", ".", cwd=self.folder / "db", code=0), [])

    def test_sarif_has_the_same_fingerprint(self):
        self.write("db/0001.sql", BAD_INDEX)
        self.run_it("--write-baseline", "base.json", "db", code=0)
        result, = json.loads(self.run_it("--format", "sarif", "db").stdout)["runs"][0]["results"]
        self.assertEqual(result["partialFingerprints"]["whimbrel/v1"], self.entries()[0]["fingerprint"])

    def test_a_baseline_that_cannot_be_used(self):
        self.old_project()
        for text, says in (("{", "not JSON"), ("[]", "not what --write-baseline writes"), ('{"version": 9, "findings": []}', "another version"),
                           ('{"version": 1, "findings": [{"file": "a"}]}', "entry 1"), ("{\n<<<<<<< main\n", "merge conflict"), ("\x00", "not JSON"),
                           ('{"version": 1, "findings": {}}', "not what")):
            self.write("base.json", text)
            for option in ("--baseline", "--write-baseline"):
                done = self.run_it(option, "base.json", "db", code=2)
                self.assertEqual((done.stderr.count("\n"), done.stdout), (1, ""), done.stderr)
                self.assertIn("base.json", done.stderr)
                self.assertIn(says, done.stderr)
                self.assertEqual((self.folder / "base.json").read_text(), text)
        self.assertIn("gone.json", self.run_it("--baseline", "gone.json", "db", code=2).stderr)
        self.run_it("--write-baseline", "nowhere/base.json", "db", code=2)
        self.run_it("--write-baseline", "db", "db", code=2)
        self.assertIn("standard input", self.run_it("--write-baseline", "base.json", "-", stdin="SELECT 1;", code=2).stderr)
        self.run_it("--baseline", "", "db", code=2)

    def test_nothing_to_write(self):
        self.write("db/0001.sql", "SELECT 1;\n")
        self.run_it("--write-baseline", "base.json", "db", code=0)
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.rules("--baseline", "base.json", "db", code=0), [])


if __name__ == "__main__":
    unittest.main()
