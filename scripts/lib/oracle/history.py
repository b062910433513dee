"""Mode `history`: runs a history on the server migration by migration, as its runner would, and compares the catalogs after each."""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from own_python import PYTHON
from oracle.alembic_history import AlembicRunner
from oracle.normal import Normal, differences
from oracle.prediction import find_program
from oracle.rows import REPOSITORY
from oracle.snapshot import quoted, server_catalog, whimbrel_catalog

NAME = "history"
HELP = "run a migration history on the server and compare the server's catalog with whimbrel's after each migration"
# What runners keep their own books in.
RUNNERS_TABLES = {"public.alembic_version", "public.__diesel_schema_migrations"}


def add_arguments(parser):
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a folder of migrations, several: each a history (default: those of testdata)")
    parser.add_argument("--down", action="store_true", help="run each down part too, on a copy of the database, and compare")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="compare after every Nth migration, and after the last (default 1)")
    parser.add_argument("--replace", action="append", default=[], metavar="PATTERN=TEXT", help="change the files first, as a runner fills its templates in")
    parser.add_argument("--before", default="", metavar="SQL", help="what is there before the history: roles, extensions")
    parser.add_argument("--alembic", metavar="INI", help="its alembic.ini (default: the one that lies there)")
    parser.add_argument("--python", default=str(PYTHON) if PYTHON.exists() else sys.executable, metavar="FILE", help="a Python that has Alembic and what the revisions import (default: this one, or the one that scripts/fidelity made)")
    parser.add_argument("--pretend", default="", metavar="NAMES", help="modules of the project that are only imported: made up where they do not exist")
    parser.add_argument("--own-env", action="store_true", help="run with a plain env.py instead of the project's")
    parser.add_argument("--path", action="append", default=[], metavar="FOLDER", help="where Python finds the project's modules")
    parser.add_argument("--text", action="store_true", help="run the text of `whimbrel schema` on an empty database and compare that too")
    parser.add_argument("--least", type=float, default=100.0, metavar="PERCENT", help="fail below this share of equal objects at the end (default 100)")
    parser.add_argument("--verbose", action="store_true", help="show each migration")


def run(server, options):
    if options.paths:
        return sum(replay(server, options, path) for path in options.paths)
    storefront = str(REPOSITORY / "testdata" / "projects" / "storefront")
    own = argparse.Namespace(**{**vars(options), "down": True, "text": True})
    wrong = replay(server, own, f"{storefront}/sql")
    wrong += replay(server, options, str(REPOSITORY / "testdata" / "histories" / "hostile"))
    if subprocess.run([options.python, "-c", "import alembic, sqlmodel, psycopg2"], capture_output=True).returncode == 0:
        wrong += replay(server, argparse.Namespace(**{**vars(options), "down": True}), f"{storefront}/alembic")
    else:
        print(f"NOT PROVEN: {options.python} has no alembic, sqlmodel and psycopg2, so the Alembic history of the storefront did not run", file=sys.stderr)
    return wrong


class Whimbrel:
    """What whimbrel makes of the history."""

    def __init__(self, program, folder, version):
        self.program, self.folder, self.version = program, folder, version
        self.migrations = [one for one in self.asked("history")["history"] if "migration" in one and "problem" not in one]
        self.parts = {one["file"]: one for one in self.asked("operations")["migrations"]}
        self.after, self.undone = {}, {}
        for line in self.text("schema").splitlines():
            if line.startswith('{"migration"'):
                one = json.loads(line.removesuffix("]}").removesuffix(","))
                (self.after if one["direction"] == "up" else self.undone)[one["migration"]] = one["schema"]

    def text(self, phase):
        done = subprocess.run([self.program, "debug", phase, self.folder, "--format", "json", "--pg-version", str(self.version)],
                              capture_output=True, text=True)
        if done.returncode not in (0, 1) or not done.stdout:
            raise SystemExit(f"oracle: whimbrel debug {phase} {self.folder}: {done.stderr.strip()}")
        return done.stdout

    def asked(self, phase):
        return json.loads(self.text(phase))


def filled_in(folder, replacements):
    """A copy of the history with the templates filled in; the folder itself where there are none."""
    if not replacements:
        return folder, None
    scratch = tempfile.TemporaryDirectory(prefix="whimbrel-history.")
    copy = pathlib.Path(scratch.name, pathlib.Path(folder).name)
    shutil.copytree(folder, copy)
    for path in copy.rglob("*"):
        if path.is_file():
            text = path.read_text(errors="surrogateescape")
            for rule in replacements:
                pattern, _, value = rule.partition("=")
                text = re.sub(pattern, value, text)
            path.write_text(text, errors="surrogateescape")
    return str(copy), scratch


class SqlRunner:
    """Sends each file as its runner would."""

    def __init__(self, server, database, whimbrel):
        self.server, self.database, self.whimbrel = server, database, whimbrel

    def run(self, migration, direction, database=None):
        """Runs the part; returns the server's errors."""
        part = self.whimbrel.parts[migration["file"]][direction]
        path = migration["file"] if direction == "up" else migration["down_file"]
        whole = pathlib.Path(path).read_bytes()
        pieces = [whole[one["start"]:one["end"]].decode(errors="replace") for one in part["statements"]]
        one_file = migration["file"] == migration["down_file"] or b"StatementBegin" in whole or b"+goose" in whole or b"+migrate" in whole or b"migrate:up" in whole
        with self.server.connect(database or self.database) as session:
            if migration["transaction"] == "none":
                return [error for text in pieces for error in errors_of(session.run(text))]
            text = ";\n".join(pieces) if one_file else whole.decode(errors="replace").lstrip("\ufeff")
            if migration["transaction"] == "implicit":
                return errors_of(session.run(text))
            errors = []
            session.must("BEGIN")
            errors += errors_of(session.run(text))
            session.run("ROLLBACK" if errors else "COMMIT")
            return errors

    def close(self):
        pass


def errors_of(reply):
    return [f"{reply.error} {reply.message}"] if reply.error else []


def known_differences(folder):
    """The objects of this history that testdata/histories/known_differences.txt lists."""
    testdata = REPOSITORY / "testdata"
    path = pathlib.Path(folder).resolve()
    if not path.is_relative_to(testdata):
        return set()
    lines = (testdata / "histories" / "known_differences.txt").read_text().splitlines()
    rows = [line.split(" ;; ") for line in lines if line and not line.startswith("#")]
    return {(kind, name) for history, kind, name, _ in rows if history == str(path.relative_to(testdata))}


class Tally:
    """What differed, when it was first seen, and how much was equal."""

    def __init__(self, known):
        self.known = known
        self.met = set()          # those of the known differences that were there
        self.seen = {}
        self.compared = self.clean = 0
        self.equal = self.total = 0

    def compare(self, normal, where, ours, theirs):
        schemas = [quoted(name) for kind, name in theirs if kind == "schema"]
        normal.set_schemas(["public", *[name for name in schemas if name != "public"]])
        found = differences(normal, ours, theirs)
        self.met |= self.known & found.keys()
        found = {key: text for key, text in found.items() if key not in self.known}
        self.compared += 1
        self.clean += not found
        self.total = len(ours.keys() | theirs.keys())
        self.equal = self.total - len(found)
        for key, text in found.items():
            if self.seen.get(key) != text:
                print(f"  {where}: {key[0]} {key[1]}: {text}")
        self.seen = found
        return found


def replay(server, options, path):
    folder, scratch = filled_in(path, options.replace)
    whimbrel = Whimbrel(find_program(options.program), folder, server.version)
    server.create_database("history")
    if options.before:
        with server.connect("history") as session:
            session.must(options.before)
    alembic = any(one["file"].endswith(".py") for one in whimbrel.migrations)
    runner = AlembicRunner(server, "history", folder, options) if alembic else SqlRunner(server, "history", whimbrel)
    known = known_differences(path)
    ups, downs, wrong = Tally(known), Tally(known), 0
    failed = []
    last = {}
    before = {}
    try:
        for number, migration in enumerate(whimbrel.migrations, 1):
            name = migration["migration"]
            errors = runner.run(migration, "up") if migration["up"] != "missing" else []
            for error in errors:
                failed.append(name)
                print(f"  {name}: fails on the server: {error}")
            if number % options.every and number != len(whimbrel.migrations):
                continue
            with server.connect("history") as session:
                theirs = server_catalog(session, server.version, RUNNERS_TABLES)
                ours = whimbrel_catalog(whimbrel.after[name], RUNNERS_TABLES)
                ups.compare(keep(session, last), name, ours, theirs)
            if options.verbose:
                print(f"  {number} {name}: {ups.equal}/{ups.total}", file=sys.stderr)
            if options.down and migration["down"] in ("present", "empty") and name in whimbrel.undone:
                wrong += undo(server, runner, whimbrel, migration, before, downs)
            before = {"server": theirs, "whimbrel": ours}
    finally:
        runner.close()
    share = 100.0 * ups.equal / ups.total if ups.total else 100.0
    print(f"{path}: {len(whimbrel.migrations)} migrations, {ups.clean} of {ups.compared} comparisons without a difference; at the end {ups.equal - len(known & ups.met)} of {ups.total} "
          f"objects equal" + (f", {len(known)} differences are known" if known else f" ({share:.2f} %)") + (f"; {len(failed)} failed on the server" if failed else ""))
    if options.down:
        print(f"{path}: {downs.clean} of {downs.compared} down parts leave equal catalogs, {wrong} wrong claims")
    if options.text:
        wrong += run_text(server, options, whimbrel, path, theirs, known)
    for kind, name in sorted(known - ups.met):
        print(f"  {kind} {name}: known_differences.txt lists it, but it is equal")
        wrong += 1
    if scratch:
        scratch.cleanup()
    return int(share < options.least) + wrong + (int(options.least == 100 and (ups.clean < ups.compared or downs.clean < downs.compared)))


def run_text(server, options, whimbrel, path, theirs, known):
    """Whether what `whimbrel schema` prints makes the same catalog on an empty database."""
    text = subprocess.run([whimbrel.program, "schema", whimbrel.folder, "--pg-version", str(whimbrel.version)], capture_output=True, text=True).stdout
    server.create_database("printed")
    with server.connect("printed") as session:
        if options.before:
            session.must(options.before)
        reply = session.run(text)
        if reply.error:
            print(f"  the text of whimbrel schema fails on the server: {reply.error} {reply.message}")
            return 1
        session.must("RESET ALL")
        made = server_catalog(session, server.version, RUNNERS_TABLES)
    found = {key: "" for key in made.keys() | theirs.keys() if made.get(key) != theirs.get(key) and key not in known}
    for key in sorted(found):
        print(f"  text: {key[0]} {key[1]}: {made.get(key)} instead of {theirs.get(key)}")
    total = len(made.keys() | theirs.keys())
    print(f"{path}: the text of whimbrel schema makes {total - len(found)} of {total} objects equal")
    return int(options.least == 100 and bool(found))


def keep(session, store):
    """The normaliser of the history with this session: what was proven once is not asked again."""
    normal = store.setdefault("normal", Normal(session, []))
    normal.session = session
    return normal


def undo(server, runner, whimbrel, migration, before, tally):
    """Runs the down part on a copy. A claim is wrong where whimbrel says that the schema is restored and the server's is not."""
    name = migration["migration"]
    server.create_database("undone", "history")
    errors = runner.run(migration, "down", "undone") if migration["down"] == "present" else []
    for error in errors:
        print(f"  {name} down: fails on the server: {error}")
    with server.connect("undone") as session:
        theirs = server_catalog(session, server.version, RUNNERS_TABLES)
        ours = whimbrel_catalog(whimbrel.undone[name], RUNNERS_TABLES)
        tally.seen = {}
        if not errors:
            tally.compare(Normal(session, []), f"{name} down", ours, theirs)
    claimed = ours == before.get("whimbrel", {}) if before else False
    if claimed and not errors and theirs != before["server"]:
        print(f"  {name} down: whimbrel says that it restores the schema; on the server it does not")
        return 1
    return 0
