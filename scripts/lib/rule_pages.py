"""The pages of docs/rules: what `whimbrel explain RULE --format markdown` prints, with the locks of the bad examples, and an index."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

from example_files import options_of, write_example

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "docs" / "rules"
LEFT_OUT = REPOSITORY / "docs" / "rules-left-out.md"


def ask(program, *arguments, cwd=REPOSITORY):
    done = subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{program} {' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def example_locks(program, rule, example):
    """The locks that the finding on the bad example names: facts of the program, measured on servers."""
    python = example.get("frontend", "sql") != "sql"
    with tempfile.TemporaryDirectory(prefix="whimbrel-docs.") as folder:
        project = pathlib.Path(folder)
        (project / "whimbrel.toml").write_text("\n".join([f'select = ["{rule}"]', *options_of(example)]) + "\n")
        given = example.get("given", "")
        if given:
            write_example(project, "0001_given", given, "0001", "", python)
        judged = write_example(project, "0002_example", example["bad"], "0002", "0001" if given else "", python)
        report = json.loads(ask(program, "check", "--format", "json", "--jobs", "1", f"migrations/{judged.name}", cwd=project))
    return [lock for finding in report["findings"] if finding["rule"] == rule for lock in finding.get("locks", [])]


def lock_section(program, rule):
    lines = []
    for example in tomllib.loads((REPOSITORY / "rules" / f"{rule}.toml").read_text()).get("example", []):
        for lock in example_locks(program, rule, example):
            blocks = f", blocks {' and '.join(lock['blocks'])}" if lock["blocks"] else ", blocks neither reads nor writes"
            line = f"- {lock['mode']} on `{lock['relation']}`{blocks}"
            if line not in lines:
                lines.append(line)
    return "## Lock, as measured\n\nIn the bad examples below:\n\n" + "\n".join(lines) + "\n\n" if lines else ""


def page(program, rule):
    text = ask(program, "explain", rule, "--format", "markdown")
    locks = lock_section(program, rule)
    head, mark, tail = text.partition("## When it stays silent")
    return head + locks + mark + tail


def index(rules):
    text = "# Rules\n\nOne page each; made by `scripts/docs` from `rules/*.toml` and the program. Not edited by hand.\n"
    for category in dict.fromkeys(rule["category"] for rule in rules):
        text += f"\n## {category}\n\n"
        for rule in rules:
            if rule["category"] == category:
                off = "" if rule["default"] else ", off by default"
                text += f"- [{rule['rule']}]({rule['rule']}.md) ({rule['code']}, {rule['severity']}{off}): {rule['summary']}\n"
    return text


def wanted_pages(program):
    rules = json.loads(ask(program, "rules", "--format", "json"))["rules"]
    pages = {f"{rule['rule']}.md": page(program, rule["rule"]) for rule in rules}
    pages["README.md"] = index(rules)
    return pages


def stale(pages):
    """Names of pages that are missing, say something else, or belong to no rule."""
    there = {path.name: path.read_text() for path in FOLDER.glob("*.md")} if FOLDER.is_dir() else {}
    return sorted(name for name in {*there, *pages} if there.get(name) != pages.get(name))


def write(pages, names):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name in pages:
            (FOLDER / name).write_text(pages[name])
        else:
            (FOLDER / name).unlink()


def without_rules(text, rules):
    """The list of what is not a rule without the rows that have become one."""
    return "".join(line for line in text.splitlines(keepends=True) if not any(line.startswith(f"| `{rule}` |") for rule in rules))


def main():
    parser = argparse.ArgumentParser(prog="scripts/docs", description="Writes docs/rules: one page a rule, and an index. Takes out of docs/rules-left-out.md what has become a rule.")
    parser.add_argument("--program", default=str(REPOSITORY / "scripts" / "whimbrel"), help="the whimbrel to ask (default: scripts/whimbrel, which builds)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the pages that are not as they should be")
    options = parser.parse_args()
    pages = wanted_pages(str(pathlib.Path(options.program).resolve()))
    names = stale(pages)
    for name in names:
        print(f"docs/rules/{name}")
    if options.check:
        return 1 if names else 0
    write(pages, names)
    rules = [name.removesuffix(".md") for name in pages]
    LEFT_OUT.write_text(without_rules(LEFT_OUT.read_text(), rules))
    return 0
