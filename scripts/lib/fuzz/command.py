"""The command line of scripts/fuzz: builds, runs one target after another, prints what each has covered."""
import argparse
import pathlib
import random
import subprocess
import sys

from fuzz import seeds
from fuzz.session import Session

REPO = pathlib.Path(__file__).resolve().parents[3]
CANNOT_RUN = 3
HEAD = "%-14s %9s %7s %8s %9s %8s %8s %11s %10s" % (
    "target", "runs", "runs/s", "edges", "features", "corpus", "CPU min", "last growth", "found")


def parser_of():
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz",
        description="Runs libFuzzer's targets (tests/fuzz) one after another, on inputs that grow from testdata and rules. Corpora, inputs that "
        "broke a promise and a line a run are kept in .deps/fuzz. Exit 1: something was found; 3: there is no clang 19 to be had.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"default: all of {', '.join(seeds.TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default 60)")
    parser.add_argument("--max-length", type=int, default=4096, metavar="BYTES", help="of an input (default 4096)")
    parser.add_argument("--sample", type=int, metavar="N", help="begin with N inputs of testdata and rules, another N each time (default: all)")
    parser.add_argument("--runs", type=int, metavar="N", help="so many for each target instead of --seconds; 0: the inputs that are there, the same sample each time")
    parser.add_argument("--no-build", action="store_true", help="the programs are as they should be")
    return parser


def build():
    return subprocess.run(["bash", str(REPO / "scripts/lib/fuzz/build.sh")], check=False).returncode


def row_of(result):
    found = ", ".join(result["found"]) or "-"
    return "%-14s %9d %7.0f %8d %9d %8d %8.1f %9.0f s %10s" % (
        result["target"], result["runs"], result["runs"] / max(result["seconds"], 1), result["edges"], result["features"], result["corpus"],
        result["cpu_seconds"] / 60, result["last_growth"], found)


def main(arguments=None):
    options = parser_of().parse_args(arguments)
    unknown = [name for name in options.targets if name not in seeds.TARGETS]
    if unknown:
        print(f"whimbrel: no target is called {unknown[0]}; there are {', '.join(seeds.TARGETS)}", file=sys.stderr)
        return 2
    if not options.no_build:
        status = build()
        if status:
            return status
    results = []
    for name in options.targets or list(seeds.TARGETS):
        session = Session(REPO, name)
        session.prepare(options.sample, random.Random(1) if options.runs is not None else random.Random())
        results.append(session.run(options.seconds, options.max_length, options.runs))
        print(HEAD if len(results) == 1 else "", end="\n" if len(results) == 1 else "")
        print(row_of(results[-1]), flush=True)
        for path in results[-1]["found"]:
            print(f"whimbrel: {session.crashes / path} broke a promise, see {session.log}", file=sys.stderr)
    return 1 if any(result["found"] or result["status"] for result in results) else 0
