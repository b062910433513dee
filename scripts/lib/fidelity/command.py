"""The command line of scripts/fidelity: real Alembic's SQL against what whimbrel's Alembic front end made of the source."""
import argparse
import collections
import configparser
import difflib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import venv

from oracle.prediction import WrongProgram, find_program
from oracle.rows import REPOSITORY
from own_python import ENVIRONMENT, PYTHON

DRIVER = pathlib.Path(__file__).resolve().parent / "driver.py"
OWN = REPOSITORY / "testdata" / "fidelity"
STOREFRONT = REPOSITORY / "testdata" / "projects" / "storefront" / "alembic"
CANNOT_RUN = 3
PACKAGES = ["alembic", "sqlalchemy", "sqlmodel", "alembic-utils", "alembic-postgresql-enum", "psycopg2-binary"]
DATA = {"Insert", "Update", "Delete", "Merge", "Copy", "Select", "Call"}
# What Alembic's transactions are made of; whimbrel says them as transaction modes and autocommit.
BORDERS = {"begin": False, "commit": True}


def parser_of():
    parser = argparse.ArgumentParser(prog="scripts/fidelity", description="Compares, operation by operation, what real Alembic prints for each revision "
                                     "with what whimbrel reads from its source. Nothing is connected to. Exit 1: something differs; 3: there is no Alembic here.")
    parser.add_argument("paths", nargs="*", metavar="FOLDER", help="folders of revisions (default: the storefront's and testdata/fidelity)")
    parser.add_argument("--program", metavar="FILE", help="the whimbrel to ask (default: build/release/whimbrel, else build/dev/whimbrel)")
    parser.add_argument("--python", default="", metavar="FILE", help="a Python that has Alembic and what the revisions import (default: this one, else one that is made in .deps)")
    parser.add_argument("--pretend", default="", metavar="NAMES", help="modules of the project that are only imported: made up where they do not exist")
    parser.add_argument("--path", action="append", default=[], metavar="FOLDER", help="where Python finds the project's modules")
    parser.add_argument("--metadata", default="", metavar="MODULE:NAME", help="the project's target_metadata, for its naming convention")
    parser.add_argument("--only", default="", metavar="WORDS", help="only files with one of these in their names")
    parser.add_argument("--least", type=float, default=100.0, metavar="PERCENT", help="fail below this share of equal DDL operations (default 100)")
    parser.add_argument("--verbose", action="store_true", help="show each difference")
    return parser


def paths_of(folder):
    """Where the folder's own alembic.ini says that the project's modules are (prepend_sys_path)."""
    ini = pathlib.Path(folder) / "alembic.ini"
    settings = configparser.ConfigParser(interpolation=None)
    if not settings.read(ini) or not settings.has_option("alembic", "prepend_sys_path"):
        return []
    return [str((ini.parent / place).resolve()) for place in re.split(r"[\s,:;]+", settings["alembic"]["prepend_sys_path"]) if place]


def has_alembic(python):
    return subprocess.run([python, "-c", "import alembic, sqlalchemy, sqlmodel, psycopg2"], capture_output=True).returncode == 0


def python_of(options):
    """A Python with Alembic; None where there is none and none can be had."""
    for python in [options.python] if options.python else [sys.executable, str(PYTHON)]:
        if options.python or pathlib.Path(python).exists() and has_alembic(python):
            return python
    print("fidelity: installing Alembic and SQLAlchemy into .deps/python", file=sys.stderr)
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except Exception as problem:
        print(f"fidelity: {problem}", file=sys.stderr)
        return None
    done = subprocess.run([str(PYTHON), "-m", "pip", "-q", "install", "--disable-pip-version-check", *PACKAGES], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        print(f"fidelity: pip says: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'nothing'}", file=sys.stderr)
    return str(PYTHON) if has_alembic(PYTHON) else None


def operations_of(program, folder):
    """The parts that whimbrel reads: (file, direction) → operations with their border, and the number of unknown places."""
    done = subprocess.run([program, "debug", "operations", "--format", "json", str(folder)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"fidelity: {done.stderr.strip()}")
    parts = {}
    for migration in json.loads(done.stdout)["migrations"]:
        for direction in ("up", "down"):
            part = migration.get(direction)
            if part and part.get("statements") is not None:
                parts[pathlib.Path(migration["file"]).resolve(), direction] = part
    return parts


def flat(statements, alone=False):
    """(operation, text, runs outside the transaction, conditional) in order; a body's statements stand in their outer one."""
    result = []
    for statement in statements:
        outside = alone or statement.get("autocommit", False)
        for one in statement["operations"]:
            if one["operation"] == "Transaction":
                word = one["text"].split()[-1].lower() if one["text"].split() else ""
                alone = BORDERS.get(word, alone)
                continue
            # Enum.drop(bind) asks whether the type is there, and is answered with nothing here.
            text = one["text"].removesuffix(" if exists") if one["operation"] == "DropType" else one["text"]
            if one["operation"] in DATA:  # what rows it restricts itself to stands with values here, with parameters there
                text = re.sub(r" (where|reads) .*?( filtered)?$", lambda m: " filtered" if m[1] == "where" or m[2] else "", text, flags=re.S)
            result.append((one["operation"], text, outside, statement.get("conditional", False)))
    return result


def settled(operations):
    """Without what says nothing: Alembic's own books, how many INSERTs its rows make, and the order of a table's indexes (a set in SQLAlchemy)."""
    result = []
    for one in operations:
        if not wanted(one[0], one[1]):
            continue
        rows = re.fullmatch(r"(Insert .*) rows (\d+)", one[1])
        before = re.fullmatch(r"(Insert .*) rows (\d+)", result[-1][1]) if result else None
        if rows and before and rows[1] == before[1] and result[-1][2:] == one[2:]:
            result[-1] = (one[0], f"{rows[1]} rows {int(rows[2]) + int(before[2])}", *one[2:])
            continue
        at = len(result)
        while one[0] == "CreateIndex" and at > 0 and result[at - 1][0] == "CreateIndex" and result[at - 1][1] > one[1]:
            at -= 1
        result.insert(at, one)
    return result


def wanted(operation, text):
    # alembic_postgresql_enum's helpers, which it drops again in the same breath
    if re.search(r"\bnew_old_(not_)?equals\b", text) or re.fullmatch(r'(Create|Drop)Object OPERATOR \S*"(=|<>)".*', text):
        return False
    return not (operation in DATA and "alembic_version" in text) and operation not in ("SetParameter",)


def tally(ours, theirs):
    """Counts and differences of one part."""
    ours, theirs = settled(ours), settled(theirs)
    counts, lines = collections.Counter(), []
    left, right = [one[1:3] for one in ours], [one[1:3] for one in theirs]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for one in theirs[c:d]:
            kind = "data" if one[0] in DATA else "ddl"
            counts[kind, "equal" if tag == "equal" else "different"] += 1
        if tag != "equal":
            opaque = any(one[0] == "Opaque" for one in ours[a:b])
            if opaque:
                for one in theirs[c:d]:
                    kind = "data" if one[0] in DATA else "ddl"
                    counts[kind, "different"] -= 1
                    counts[kind, "unknown"] += 1
            lines += [f"    whimbrel: {'(alone) ' if one[2] else ''}{one[1]}" for one in ours[a:b]]
            lines += [f"    alembic:  {'(alone) ' if one[2] else ''}{one[1]}" for one in theirs[c:d]]
            # More than Alembic prints: wrong too, unless it stands under a condition.
            for one in ours[a + (d - c):b]:
                if not one[3] and one[0] != "Opaque":
                    counts["data" if one[0] in DATA else "ddl", "extra"] += 1
    return counts, lines


def compare(program, options, folder):
    folder = pathlib.Path(folder).resolve()
    settings = {"folder": str(folder), "path": [str(pathlib.Path(path).resolve()) for path in options.path] + paths_of(folder) + [str(folder)], "metadata": options.metadata,
                "pretend": options.pretend.split(",") if options.pretend else [], "only": options.only.split(",") if options.only else []}
    done = subprocess.run([options.python, "-B", str(DRIVER), json.dumps(settings)], capture_output=True, text=True, cwd=folder)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if not rows:
        sys.exit(f"fidelity: Alembic said nothing for {folder}: {done.stderr.strip()[-300:]}")
    ours = operations_of(program, folder)
    with tempfile.TemporaryDirectory() as scratch:
        names = {}
        for number, row in enumerate(rows):
            if row["error"]:
                continue
            path = pathlib.Path(scratch).resolve() / f"{number:06d}_printed.sql"
            path.write_text(re.sub(r"^-- Running .*$", "", row["sql"], flags=re.M))
            names[number] = path
        theirs = operations_of(program, scratch) if names else {}
    total, failed, asked, revisions = collections.Counter(), [], 0, set()
    for number, row in enumerate(rows):
        revisions.add(row["file"])
        where = f"{pathlib.Path(row['file']).name} {row['direction']}"
        if row["error"]:
            failed.append((where, row["error"]))
            continue
        mine = ours.get((pathlib.Path(row["file"]), row["direction"]), {"statements": []})
        printed = theirs.get((names[number], "up"), {"statements": []})
        counts, lines = tally(flat(mine["statements"]), flat(printed["statements"], alone=True))
        asked += row["asked"]
        total += counts
        if lines and options.verbose:
            print(f"  {where}{' (asks the database)' if row['asked'] else ''}")
            print("\n".join(lines))
    if options.verbose:
        for where, why in failed:
            print(f"  {where}: Alembic cannot print it: {why}")
    ddl, data = [sum(total[kind, what] for what in ("equal", "different", "unknown")) for kind in ("ddl", "data")]
    share = 100.0 * total["ddl", "equal"] / ddl if ddl else 100.0
    print(f"{folder.name}: {len(revisions)} revisions, {len(rows)} parts, {len(failed)} that Alembic cannot print alone, {asked} that ask the database; "
          f"DDL {ddl} operations, {total['ddl', 'equal']} equal ({share:.2f} %), {total['ddl', 'different']} different, {total['ddl', 'unknown']} unknown, {total['ddl', 'extra']} more than Alembic; "
          f"data {data}, {total['data', 'equal']} equal, {total['data', 'different']} different, {total['data', 'unknown']} unknown, {total['data', 'extra']} more")
    return share >= options.least and (options.least < 100 or not total["ddl", "extra"])


def main(arguments=None):
    options = parser_of().parse_args(arguments)
    options.python = python_of(options)
    if options.python is None:
        print("fidelity: could not run: there is no Python with Alembic here, and the registry of Python packages gives none", file=sys.stderr)
        return CANNOT_RUN
    try:
        program = find_program(options.program)
    except WrongProgram as problem:
        sys.exit(f"fidelity: {problem}")
    good = [compare(program, options, path) for path in options.paths or [STOREFRONT, OWN]]
    return 0 if all(good) else 1
