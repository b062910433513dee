"""scripts/ecosystem: the findings by rule over public histories, or their difference between two programs."""
import argparse
import collections
import json
import pathlib
import subprocess
import sys

from ecosystem.histories import REPOSITORY, NotThere, folder_of, known, url_pattern

EXIT_DIFFERENT, EXIT_UNUSABLE, EXIT_NOT_THERE = 1, 2, 3


def findings_of(program, folder, select):
    """(rule, place, message) of each finding, the whole history judged."""
    arguments = [program, "check", ".", "--format", "json", "--fail-on", "never", *(["--select", select] if select else [])]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    if not done.stdout:
        print(f"{program}: exit {done.returncode} in {folder}: {done.stderr.strip()}", file=sys.stderr)
        sys.exit(EXIT_UNUSABLE)
    return collections.Counter((f["rule"], f"{f['file']}:{f['line']}:{f['column']}", f["message"]) for f in json.loads(done.stdout)["findings"])


def by_rule(findings):
    counts = collections.Counter()
    for (rule, _, _), number in findings.items():
        counts[rule] += number
    return counts


def print_counts(all_findings):
    names = list(all_findings)
    counts = {name: by_rule(all_findings[name]) for name in names}
    rules = sorted({rule for count in counts.values() for rule in count})
    print(f"{'rule':<44}{'all':>8}" + "".join(f"{name[:16]:>17}" for name in names))
    for rule in [*rules, None]:
        row = [counts[name][rule] if rule else sum(counts[name].values()) for name in names]
        print(f"{rule or 'all':<44}{sum(row):>8}" + "".join(f"{number:>17}" for number in row))


def print_changes(now, before, lists):
    """What is new and what is lost; whether there is any."""
    new = {name: now[name] - before[name] for name in now}
    lost = {name: before[name] - now[name] for name in now}
    total_new, total_lost = (by_rule(sum(some.values(), collections.Counter())) for some in (new, lost))
    rules = sorted({*total_new, *total_lost})
    print(f"{'rule':<44}{'new':>8}{'lost':>8}")
    for rule in rules:
        print(f"{rule:<44}{total_new[rule]:>8}{total_lost[rule]:>8}")
    if not rules:
        print("no finding differs")
    for sign, some in (("+", new), ("-", lost)) if lists else ():
        for name, findings in some.items():
            for (rule, place, message), number in sorted(findings.items()):
                print(f"{sign} {name} {place}: {message} [{rule}]" + (f" ({number} times)" if number > 1 else ""))
    return bool(rules)


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/ecosystem", description="Prints the findings by rule over public histories, which are cloned into .deps/ecosystem.",
                                     epilog="Exit codes: 0; 1 with --against, something differs; 2 a program could not be used; 3 no history can be had.")
    parser.add_argument("--program", default=str(REPOSITORY / "build/release/whimbrel"), help="default: build/release/whimbrel")
    parser.add_argument("--against", metavar="PROGRAM", help="another whimbrel; only what differs from what it says is printed")
    parser.add_argument("--list", action="store_true", help="with --against: list the new and the lost findings")
    parser.add_argument("--only", metavar="NAMES", help=f"comma-separated, of {', '.join(known())}")
    parser.add_argument("--path", metavar="NAME=FOLDER", action="append", default=[], help="a history that is on this machine already")
    parser.add_argument("--url", help="from where to clone, with {name} for owner/name (or WHIMBREL_ECOSYSTEM_URL, or git config whimbrel.ecosystemUrl)")
    parser.add_argument("--select", metavar="RULES", help="as for whimbrel check (default: as configured there)")
    return parser


def main():
    parser = arguments()
    options = parser.parse_args()
    paths = dict(pair.split("=", 1) for pair in options.path if "=" in pair)
    names = options.only.split(",") if options.only else list(known())
    if len(paths) != len(options.path) or {*names, *paths} - {*known()}:
        parser.error(f"names are {', '.join(known())}; --path is NAME=FOLDER")
    programs = [str(pathlib.Path(program).resolve()) for program in (options.program, options.against) if program]
    for program in programs:
        if not pathlib.Path(program).is_file():
            parser.error(f"there is no program {program}")
    folders, pattern = {}, url_pattern(options.url)
    for name in names:
        try:
            folders[name] = folder_of(name, paths, pattern)
        except NotThere as trouble:
            print(f"scripts/ecosystem: {trouble}", file=sys.stderr)
    if not folders:
        print("scripts/ecosystem: no history can be had", file=sys.stderr)
        return EXIT_NOT_THERE
    found = [{name: findings_of(program, folder, options.select) for name, folder in folders.items()} for program in programs]
    if not options.against:
        print_counts(found[0])
        return 0
    return EXIT_DIFFERENT if print_changes(found[0], found[1], options.list) else 0
