"""testdata/invalid through the program, by every command and in every format: exit 0, 1 or 2, never a signal; what is printed is what it says it is."""
import json
import pathlib
import re
import subprocess
import unittest
import xml.etree.ElementTree

from project import WHIMBREL, Project

INVALID = pathlib.Path(__file__).resolve().parents[2] / "testdata/invalid"
FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "gcc", "markdown")
MIGRATION = b"ALTER TABLE orders DROP COLUMN note;\nCREATE INDEX orders_idx ON orders (made);\n"
NAME = re.compile(rb"^(?:--|#) (file|was): (\S[^\n]*?)[ \t\r]*$")


def pages(text):
    """The files of a history's page, less those whose names lead out of the folder."""
    files, path = {}, "migrations/0001_step.sql"
    for line in text.splitlines(keepends=True):
        named = NAME.match(line.rstrip(b"\n"))
        if named:
            path = named.group(2).decode(errors="replace").lstrip("/") if named.group(1) == b"file" else None
        elif path and ".." not in path.split("/") and "\0" not in path:
            files[path] = files.get(path, b"") + line
    return files


def files_of(target, text):
    """How the program meets an input of the target: paths and contents."""
    if target == "alembic":
        return {"alembic/versions/a.py": text}
    if target == "plpgsql":
        return {"migrations/1.sql": b"DO $whimbrel$" + text + b"$whimbrel$;\nDO $whimbrel$ BEGIN\n" + text + b"\n;\nEND $whimbrel$;\n"}
    if target == "config":
        return {"whimbrel.toml": text, "migrations/1.sql": MIGRATION}
    if target == "suppressions":
        return {"migrations/1.sql": b"-- whimbrel: " + text + b"\n" + MIGRATION, "migrations/2.sql": b"/* whimbrel: " + text + b"*/\n" + MIGRATION}
    return pages(text) if target == "history" else {"migrations/1.sql": text}


INPUTS = sorted(path for path in INVALID.glob("*/*") if path.is_file())


class Invalid(Project):
    def run_bytes(self, *arguments):
        done = subprocess.run([WHIMBREL, *arguments], cwd=self.folder, capture_output=True, timeout=120)
        self.assertIn(done.returncode, (0, 1, 2), (arguments, done.stderr))
        return done.stdout.decode(), done.stderr.decode()   # both are UTF-8

    def lay(self, path, below="."):
        for name, text in files_of(path.parent.name, path.read_bytes()).items():
            file = self.folder / below / name
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text)
            except OSError:
                pass   # a name that this file system does not take

    def check_all(self):
        for form in FORMATS:
            out, err = self.run_bytes("check", "--select", "all", "--format", form, ".")
            for text in (out, err):
                shown = text.replace("\t", " ") if form == "markdown" else text   # code stays as it is written
                self.assertIsNone(re.search(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f]", shown), form)
            if err and not out:
                continue   # a configuration that cannot be used
            if form in ("json", "sarif", "gitlab"):
                json.loads(out)
            elif form == "junit":
                xml.etree.ElementTree.fromstring(out.encode())
        for command in (["locks"], ["schema"], ["debug", "files"], ["debug", "operations"], ["debug", "history"], ["debug", "schema"]):
            for form in ("text", "json"):
                out, err = self.run_bytes(*command, "--format", form, ".")
                if form == "json" and out:
                    json.loads(out)

    def test_the_same_for_any_number_of_threads(self):
        for number, path in enumerate(INPUTS * 3):
            if path.parent.name != "config":
                self.lay(path, f"p{number}")
        first, *others = [self.run_bytes("check", "--select", "all", "--format", "json", "--jobs", jobs, ".") for jobs in ("1", "3", "8")]
        for other in others:
            self.assertEqual(first, other)


def test_of(path):
    def test(self):
        self.lay(path)
        self.check_all()
    return test


for input_path in INPUTS:
    setattr(Invalid, f"test_{input_path.parent.name}_{input_path.stem}", test_of(input_path))

if __name__ == "__main__":
    unittest.main()
