"""What the real program says: `whimbrel locks --format json` on a temporary project of the row's own files."""
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tempfile

from oracle.rows import REPOSITORY


def server_mode(mode):
    """ROW EXCLUSIVE → RowExclusiveLock."""
    return mode.title().replace(" ", "") + "Lock"


def plain_name(name):
    """As rows write it: without quotes, without the schema public."""
    parts = [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in re.findall(r'"(?:[^"]|"")*"|[^.]+', name)]
    return ".".join(parts[1:] if parts[0] == "public" else parts)


@dataclasses.dataclass
class Prediction:
    locks: dict = dataclasses.field(default_factory=dict)
    rewrites: set = dataclasses.field(default_factory=set)
    scans: set = dataclasses.field(default_factory=set)
    builds: set = dataclasses.field(default_factory=set)
    error: str = ""
    forbids: bool = False
    certain: bool = True
    invalid: bool = False

    @classmethod
    def of(cls, statements):
        """All of several statements together."""
        whole = cls()
        for said in statements:
            for lock in said["locks"]:
                name, mode = plain_name(lock["relation"]), server_mode(lock["mode"])
                whole.locks[name] = mode  # a later one is stronger: what is held already is not listed again
            whole.rewrites |= set(map(plain_name, said["rewrites"]))
            whole.scans |= set(map(plain_name, said["scans"]))
            whole.builds |= set(map(plain_name, said["builds"]))
            whole.error = whole.error or said["error"] or ""
            whole.forbids |= said["forbids_transaction"]
            whole.certain &= said["certain"]
            whole.invalid |= said["operation"] == "Invalid"
        return whole


class WrongProgram(Exception):
    """There is no program to ask, or it failed."""


def find_program(told):
    if told:
        return os.path.abspath(told)
    for preset in ("release", "dev"):
        path = REPOSITORY / "build" / preset / "whimbrel"
        if path.exists():
            return str(path)
    raise WrongProgram("no whimbrel in build/release or build/dev: build it first (scripts/test), or name it with --program")


class Predictor:
    def __init__(self, program, version, fixture):
        self.program, self.version, self.fixture = program, version, fixture

    def predict(self, row):
        """In one transaction, as the row is measured; what that forbids, alone."""
        if row.implicit:
            return self.ask(row, "")
        inside = self.ask(row, "BEGIN;\n")
        if not inside.forbids or row.before:
            return inside
        alone = self.ask(row, "")
        alone.forbids = True
        return alone

    def ask(self, row, begin):
        with tempfile.TemporaryDirectory(prefix="whimbrel-oracle-project.") as folder:
            project = pathlib.Path(folder)
            (project / "0001_fixture.sql").write_text(self.fixture)
            (project / "0002_setup.sql").write_text(script(row.session + row.setup))
            if row.implicit:
                (project / "whimbrel.toml").write_text('transaction = "implicit"\n')
            prelude = script(row.session) + begin + script(row.before)
            (project / "0003_row.sql").write_text(prelude + script(row.statements) + ("COMMIT;\n" if begin else ""))
            return Prediction.of(self.locks(project, "0003_row.sql", prelude.count("\n"), len(script(row.statements).splitlines())))

    def locks(self, project, file, skipped_lines, lines):
        """The statements of the file that begin on its lines after the skipped ones."""
        done = subprocess.run([self.program, "locks", "--format", "json", "--pg-version", str(self.version), "--jobs", "1", file],
                              cwd=project, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise WrongProgram(f"{self.program} locks: exit {done.returncode}: {done.stderr.strip()}")
        return [said for said in json.loads(done.stdout)["statements"] if skipped_lines < said["line"] <= skipped_lines + lines]


def script(statements):
    return "".join(text.rstrip().rstrip(";") + ";\n" for text in statements)
