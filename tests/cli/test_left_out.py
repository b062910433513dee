"""docs/rules-left-out.md: every row of the catalogue (where it is at hand) is a rule or is listed there, and nothing listed is a rule."""
import pathlib
import re
import unittest

REPO = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = REPO.parent / "shared/reference/rule-catalogue.md"
RULES = {path.stem for path in (REPO / "rules").glob("*.toml")}
TEXT = (REPO / "docs/rules-left-out.md").read_text()
LISTED = re.findall(r"^\| `([^`]+)` \|", TEXT, re.M)
LAST_SECTION_WITH_RULES = 15


def catalogue_rows():
    section = 0
    for line in CATALOGUE.read_text().splitlines():
        heading = re.match(r"###? (?:1\.(\d+))?", line)
        if heading:
            section = int(heading.group(1) or 0)
        elif 0 < section <= LAST_SECTION_WITH_RULES and line.startswith("| ") and not line.startswith("| Proposed"):
            for name in re.findall(r"`([^`]+)`", line.split("|")[1]):
                yield "drop" + name if name.startswith("-") else name


class LeftOut(unittest.TestCase):
    def test_nothing_listed_is_a_rule_or_listed_twice(self):
        self.assertEqual([name for name in LISTED if name in RULES], [], "run scripts/docs")
        self.assertEqual(len(LISTED), len(set(LISTED)))

    def test_what_covers_is_a_rule(self):
        named = re.findall(r"\(rules/([a-z0-9-]+)\.md\)", TEXT)
        self.assertTrue(named)
        self.assertEqual(set(named) - RULES, set())

    @unittest.skipUnless(CATALOGUE.exists(), "the catalogue is not at hand")
    def test_every_row_is_a_rule_or_listed(self):
        rows = list(catalogue_rows())
        self.assertGreater(len(rows), 200)
        self.assertEqual([name for name in rows if name not in RULES and name not in LISTED], [])


if __name__ == "__main__":
    unittest.main()
