"""Bounds on what is read: each is a clear finding, what lies before and behind it is still linted, and memory stays in sight."""
import json
import subprocess
import sys
import tempfile
import time
import unittest

from project import BAD_INDEX, TIMEOUT, WHIMBREL, Project

MIB = 1024 * 1024
# A process counts the memory of the one that starts it, so a small one does.
WATCH = """
import json, os, sys
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024]), file=sys.stderr)
"""


class Bounds(Project):
    def measured(self, *arguments, code=1, stdin=None):
        """The JSON report (or the complaint), the seconds that the run took, and its peak memory in MiB."""
        with tempfile.TemporaryFile() as out:
            begin = time.monotonic()
            done = subprocess.run([sys.executable, "-S", "-E", "-c", WATCH, WHIMBREL, "check", "--format", "json", *arguments], cwd=self.folder, stdin=stdin, stdout=out, stderr=subprocess.PIPE, text=True)
            took = time.monotonic() - begin
            *complaint, watched = done.stderr.splitlines()
            exit_code, peak = json.loads(watched)
            self.assertEqual(exit_code, code, complaint)
            out.seek(0)
            return json.load(out) if code < 2 else complaint, took, peak

    def rules(self, report):
        return [finding["rule"] for finding in report["findings"]]

    def test_a_file_of_a_gigabyte(self):
        self.write("a.sql", BAD_INDEX)
        for size in (65 * MIB, 1024 * MIB, 100 * 1024 * MIB):
            with open(self.folder / "b.sql", "wb") as file:
                file.truncate(size)
            report, took, peak = self.measured(".")
            self.assertEqual(self.rules(report), ["create-index-non-concurrent", "syntax-error"])
            self.assertIn("larger than 64 MiB", report["findings"][1]["message"])
            self.assertLess(took, 5)
            self.assertLess(peak, 100)

    def test_a_gigabyte_from_standard_input(self):
        with open(self.folder / "b.sql", "wb") as file:
            file.truncate(1024 * MIB)
        with open(self.folder / "b.sql", "rb") as file:
            report, took, peak = self.measured("-", stdin=file)
        self.assertEqual(self.rules(report), ["syntax-error"])
        self.assertIn("larger than 64 MiB", report["findings"][0]["message"])
        self.assertLess(peak, 300)

    def test_a_configuration_of_100_megabytes(self):
        self.write("a.sql", BAD_INDEX)
        for name in ("whimbrel.toml", "pyproject.toml"):
            path = self.write(name, "[tool.whimbrel]\nselect = [" + "'all', " * 20000 + "]\n#" + "x" * 100 * MIB)
            for arguments in ((".",), ("--config", name, ".")):
                complaint, took, peak = self.measured(*arguments, code=2)
                self.assertEqual(len(complaint), 1)
                self.assertIn(name, complaint[0])
                self.assertIn("larger than", complaint[0])
                self.assertLess(took, 2)
                self.assertLess(peak, 60)
            path.unlink()

    def test_a_statement_that_is_too_long(self):
        rows = "(1, 'a row of a seed that somebody has put into a migration'),\n"
        self.write("a.sql", TIMEOUT + "INSERT INTO t VALUES\n" + rows * (9 * MIB // len(rows)) + "(2, 'end');\nCREATE INDEX i ON users (email);\n")
        report, took, peak = self.measured("a.sql")
        self.assertEqual(self.rules(report), ["beyond-bounds", "create-index-non-concurrent"])
        self.assertIn("longer than 8 MiB", report["findings"][0]["message"])
        self.assertEqual(report["findings"][0]["line"], 2)
        self.assertEqual(report["summary"]["unknown"], 1)
        self.assertLess(peak, 200)

    def test_copy_with_data_behind_a_statement_that_is_too_long(self):
        self.write("a.sql", "COPY t (" + "a, " * (3 * MIB) + "b) FROM stdin;\n1\t'\n\\.\n" + BAD_INDEX)
        report, _, _ = self.measured("a.sql")
        self.assertIn("create-index-non-concurrent", self.rules(report))

    def test_too_many_findings_in_a_file(self):
        self.write("a.sql", TIMEOUT + "".join(f"CREATE INDEX i{number} ON users_{number % 200} (email);\n" for number in range(12000)))
        self.write("b.sql", BAD_INDEX)
        report, _, _ = self.measured(".")
        rules = self.rules(report)
        self.assertEqual(rules.count("create-index-non-concurrent"), 10001)
        self.assertEqual(rules.count("beyond-bounds"), 1)
        last = [finding for finding in report["findings"] if finding["file"] == "a.sql"][-1]
        self.assertEqual((last["rule"], last["line"]), ("beyond-bounds", 10002))
        self.assertIn("more than 10000 findings", last["message"])
        self.assertEqual(report["summary"]["operations"], 12003)

    def test_a_suppression_behind_too_many_findings_is_not_called_idle(self):
        self.write("a.sql", TIMEOUT + "".join(f"CREATE INDEX i{number} ON users_{number % 200} (email);\n" for number in range(12000)) + "-- whimbrel: ignore drop-table (old)\nDROP TABLE users;\n")
        report, _, _ = self.measured("a.sql")
        self.assertEqual(set(self.rules(report)), {"create-index-non-concurrent", "beyond-bounds"})

    def test_thousands_of_findings_on_one_line(self):
        self.write("a.sql", "SET lock_timeout = '1s'; /* é */" + " DROP TABLE é;" * 400)
        begin = time.monotonic()
        for form in ("text", "json", "sarif", "github", "gcc", "junit", "gitlab", "markdown"):
            done = self.run_it("check", "--format", form, "a.sql", code=1)
            if form == "json":
                columns = [finding["column"] for finding in json.loads(done.stdout)["findings"] if finding["rule"] == "drop-table"]
                self.assertEqual(columns, [45 + 14 * number for number in range(400)])
        self.assertLess(time.monotonic() - begin, 60)

    def test_nested_texts(self):
        deep = "SELECT " + "(" * 100000 + "1" + ")" * 100000 + ";\n"
        self.write("a.sql", deep + "DO " + "".join(f"$a{i}$ BEGIN EXECUTE " for i in range(500)) + "1" + "".join(f"; END $a{499 - i}$" for i in range(500)) + ";\n" + BAD_INDEX)
        report, took, peak = self.measured("a.sql")
        self.assertIn("nested too deep", report["findings"][0]["message"])
        self.assertIn("create-index-non-concurrent", self.rules(report))
        self.assertLess(peak, 200)


if __name__ == "__main__":
    unittest.main()
