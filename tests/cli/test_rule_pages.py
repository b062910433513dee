"""docs/rules is what scripts/docs writes now: no page is stale, missing or left over."""
import os
import pathlib
import subprocess
import sys
import unittest

REPO = pathlib.Path(__file__).resolve().parents[2]


class RulePages(unittest.TestCase):
    def test_pages_are_as_the_script_writes_them(self):
        done = subprocess.run([sys.executable, str(REPO / "scripts/docs"), "--program", os.environ["WHIMBREL"], "--check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, f"run scripts/docs, for these are not as they should be:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    unittest.main()
