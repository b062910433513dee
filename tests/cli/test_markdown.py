"""check --format markdown over whole projects: the same in any number of jobs, nothing of an input gets out, small enough for a comment."""
import pathlib
import unittest

from project import Project

STOREFRONT = pathlib.Path(__file__).resolve().parents[2] / "testdata/projects/storefront"


class Markdown(Project):
    command = ("check", "--format", "markdown")

    def test_the_same_in_any_number_of_jobs(self):
        one = self.run_it("--jobs", "1", cwd=STOREFRONT).stdout
        self.assertEqual(one, self.run_it("--jobs", "4", cwd=STOREFRONT).stdout)
        self.assertIn("**Only a person can confirm**", one)

    def test_nothing_of_an_input_gets_out(self):
        self.write("m/0001_a.sql", 'CREATE TABLE "`x` | <script> @all" (a int);\n')
        self.write("m/0002_<b>@me.sql", '-- `# title` <img src=x> @team\nALTER TABLE "`x` | <script> @all" DROP COLUMN a;\nDROP TABLE "```\n## h";\n')
        text = self.run_it("m", code=1).stdout
        self.assertNotIn("\n## h", text.replace("## Migrations", ""))
        outside = "\n".join(part for i, part in enumerate(text.split("`")) if i % 2 == 0)
        self.assertNotIn("<img", outside.replace("\\<", ""))
        self.assertIn("### `0002_<b>@me`: high risk", text)

    def test_a_report_fits_a_comment(self):
        for number in range(400):
            self.write(f"m/{number:04}_a.sql", f"CREATE TABLE t{number} (a int);\nDROP TABLE u{number};\nDELETE FROM v{number};\n")
        text = self.run_it("m", code=1).stdout
        self.assertLess(len(text), 65536)
        self.assertIn("Left out: ", text)

    def test_nothing_to_look_at(self):
        self.write("m/readme.txt", "nothing")
        self.assertTrue(self.run_it("m", code=0).stdout.startswith("## Migrations\n\nNo findings"))


if __name__ == "__main__":
    unittest.main()
