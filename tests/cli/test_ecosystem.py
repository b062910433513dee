"""scripts/ecosystem: counts by rule, the difference between two programs, and a clear end where no history can be had."""
import os
import pathlib
import subprocess
import sys

from project import BAD_INDEX, WHIMBREL, Project, unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/ecosystem"
OTHER = """#!/bin/sh
echo '{"findings": [{"rule": "drop-table", "file": "a.sql", "line": 1, "column": 1, "message": "gone"}]}'
"""


class Ecosystem(Project):
    def run_script(self, *arguments, code):
        environment = {key: value for key, value in os.environ.items() if key != "WHIMBREL_ECOSYSTEM_URL"} | {"GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run([sys.executable, str(SCRIPT), "--program", WHIMBREL, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def setUp(self):
        super().setUp()
        self.write("hist/migrations/0001_a.sql", "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n")
        self.write("hist/migrations/0002_b.sql", BAD_INDEX)
        self.ours = ("--only", "auth", "--path", f"auth={self.folder / 'hist'}")

    def test_counts(self):
        text = self.run_script(*self.ours, code=0).stdout
        self.assertRegex(text, r"create-index-non-concurrent +1 +1\n")

    def test_the_same_program_differs_in_nothing(self):
        self.assertIn("no finding differs", self.run_script(*self.ours, "--against", WHIMBREL, code=0).stdout)

    def test_another_program_differs(self):
        other = self.write("other", OTHER)
        other.chmod(0o755)
        text = self.run_script(*self.ours, "--against", str(other), "--list", code=1).stdout
        self.assertRegex(text, r"create-index-non-concurrent +1 +0\n")
        self.assertRegex(text, r"drop-table +0 +1\n")
        self.assertIn("- auth a.sql:1:1: gone [drop-table]", text)

    def test_nothing_to_be_had(self):
        missing = self.run_script("--only", "auth", "--path", f"auth={self.folder / 'none'}", code=3)
        self.assertIn("no history can be had", missing.stderr)

    def test_a_clone(self):
        failed = self.run_script("--only", "ckan", "--url", f"{self.folder}/no/{{name}}", code=3) if not (SCRIPT.parents[1] / ".deps/ecosystem/ckan").exists() else None
        if failed:
            self.assertIn("git clone failed", failed.stderr)


if __name__ == "__main__":
    unittest.main()
