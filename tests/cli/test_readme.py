"""README and docs say what the program says: the run shown in the README, the rules and formats named there."""
import os
import pathlib
import re
import subprocess
import unittest

WHIMBREL = os.environ["WHIMBREL"]
REPO = pathlib.Path(__file__).resolve().parents[2]
README = (REPO / "README.md").read_text()


def output(*arguments, cwd=REPO):
    return subprocess.run([WHIMBREL, *arguments], cwd=cwd, capture_output=True, text=True).stdout


class Readme(unittest.TestCase):
    def test_the_run_that_is_shown(self):
        block = re.search(r"```\n\$ cd (\S+)\n\$ \S+/whimbrel (.*)\n((?s:.*?))```", README)
        self.assertEqual(output(*block.group(2).split(), cwd=REPO / block.group(1)), block.group(3))

    def test_named_rules_exist(self):
        known = set(re.findall(r"^WB\d+  (\S+)", output("rules", "--color", "never"), re.M))
        named = set(re.findall(r"ignore(?:-file)? ([a-z]+(?:-[a-z]+)+)", README)) | set(re.findall(r'^([a-z-]+) = "(?:error|warning|info)"$', README, re.M))
        self.assertTrue(named)
        self.assertEqual(named - known, set())

    def test_named_options_exist(self):
        help_text = output("check", "--help")
        for option in set(re.findall(r"`(--[a-z-]+)", README)):
            self.assertIn(option, help_text)

    def test_named_files_exist(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", README):
            self.assertTrue((REPO / target).exists(), target)


if __name__ == "__main__":
    unittest.main()
