"""squawk, the linter that scripts/bench compares with, from npm into .deps."""
import pathlib
import subprocess
import sys

VERSION = "2.66.0"


def squawk(deps: pathlib.Path) -> str:
    """The program; empty, with a sentence on standard error, where npm cannot install it."""
    folder = deps / ("squawk-" + VERSION)
    # The package's own program is a script of node's that starts this one.
    found = sorted(folder.glob("node_modules/@squawk-cli/*/bin/squawk")) or sorted(folder.glob("node_modules/@squawk-cli/*/squawk"))
    if not found:
        call = ["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error", f"squawk-cli@{VERSION}"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(call, check=True, stdout=sys.stderr, timeout=300)
        except (OSError, subprocess.SubprocessError) as trouble:
            print(f"bench: without squawk, which npm does not install here ({trouble})", file=sys.stderr)
            return ""
        found = sorted(path for path in folder.glob("node_modules/@squawk-cli/*/**/squawk*") if path.is_file() and path.suffix in ("", ".exe"))
    if not found:
        print("bench: without squawk, which has no program for this machine", file=sys.stderr)
        return ""
    return str(found[0])
