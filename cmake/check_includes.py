"""Fails when a file of a layer includes a layer, or a library, that the layer may not use."""

import argparse
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# How the headers of each library start; a library that is not here (fmt, the standard's) is open to all.
LIBRARIES = {
    "toml": ("toml++/",),
    "re2": ("re2/",),
    "json": ("nlohmann/",),
    "cli11": ("CLI/",),
    "spdlog": ("spdlog/",),
    "tree_sitter": ("tree_sitter/",),
    "pg_query": ("pg_query", "postgres.h", "nodes/", "parser/", "catalog/", "utils/", "gram.h", "gramparse.h"),
}


def library_of(header: str) -> str | None:
    for library, prefixes in LIBRARIES.items():
        if header.startswith(prefixes):
            return library
    return None


def complaint(args, file: pathlib.Path, public: bool, quote: str, header: str) -> str | None:
    """What is wrong with this include in this file, or None."""
    if header.startswith("whimbrel/"):
        used = header.split("/")[1]
        if used == args.layer or used in args.uses or header.startswith(f"whimbrel/{args.layer.replace('frontends_', 'frontends/')}/"):
            return None
        allowed = ", ".join(args.uses) or "nothing"
        return f"layer '{args.layer}' may not include {header}: it uses {allowed} (see CMakeLists.txt)"
    if ".." in pathlib.PurePosixPath(header).parts:
        return f"{header} climbs out of its folder: include a public header as whimbrel/<layer>/…"
    folder = args.root / args.folder
    if quote == '"' and ((file.parent / header).is_file() or (folder / header).is_file()):
        return f"public header includes the private {header}" if public and (folder / header).is_file() else None
    library = library_of(header)
    if library is None:
        return None
    if library not in args.libraries:
        return f"layer '{args.layer}' may not include {header}: {library} is not in its PRIVATE_LIBRARIES"
    if public:
        return f"public header includes {header}: {library} is private to the sources of '{args.layer}'"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--layer", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--uses", type=lambda text: text.split(";") if text else [], default=[])
    parser.add_argument("--libraries", type=lambda text: text.split(";") if text else [], default=[])
    parser.add_argument("--files", type=pathlib.Path, required=True)
    parser.add_argument("--stamp", type=pathlib.Path, required=True)
    args = parser.parse_args()

    failed = False
    for name in args.files.read_text().split("\n"):
        if not name:
            continue
        file = pathlib.Path(name)
        public = file.is_relative_to(args.root / "include")
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if (match := INCLUDE.match(line)) and (text := complaint(args, file, public, *match.groups())):
                print(f"{file.relative_to(args.root)}:{number}: error: {text}", file=sys.stderr)
                failed = True
    if not failed:
        args.stamp.parent.mkdir(parents=True, exist_ok=True)
        args.stamp.touch()
    return failed


if __name__ == "__main__":
    sys.exit(main())
