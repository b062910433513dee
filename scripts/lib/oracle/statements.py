"""Mode `statements`: every row, ours and those of ../shared/oracle, measured on the server and compared with what whimbrel says."""
import concurrent.futures
import sys

from oracle import rows as files
from oracle.comparing import differences
from oracle.measuring import Bench, Impossible
from oracle.prediction import Predictor, find_program

NAME = "statements"
HELP = "measure each row's statement and compare it with `whimbrel locks`"


def add_arguments(parser):
    parser.add_argument("--only", metavar="TEXT", help="rows whose id contains the text")
    parser.add_argument("--measure", action="store_true", help="measure our own statements and write what this server does into testdata/facts/rows.jsonl")
    parser.add_argument("--verbose", action="store_true", help="show also what was measured and predicted")


def run(server, options):
    if options.measure:
        return measure_ours(server)
    chosen = [("our own rows", files.OWN, files.read_rows(files.OWN))]
    if (files.SHARED / "rows.jsonl").exists():
        chosen.insert(0, ("shared rows", files.SHARED, files.read_rows(files.SHARED)))
    else:
        print("no ../shared/oracle here: only our own rows are compared", file=sys.stderr)
    known = {name for name, versions in files.known_differences().items() if server.version in versions}
    return sum(compare(server, options, what, folder, rows, known) for what, folder, rows in chosen)


def compare(server, options, what, folder, rows, known):
    rows = [row for row in rows if not options.only or options.only in row.id]
    fixture = files.fixture_for(folder, server.version)
    predictor = Predictor(find_program(options.program), server.version, fixture)
    bench = Bench(server, fixture)
    agree, skipped, wrong = 0, 0, {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        asked = [(row, pool.submit(predictor.predict, row)) for row in by_setup(rows)]
        for row, answer in asked:
            try:
                real = bench.measure(row)
            except Impossible as reason:
                skipped += 1
                if server.version in row.versions:
                    wrong[row.id] = f"cannot be measured: {reason}"
                continue
            said = answer.result()
            found = differences(row, real, said)
            agree += not found
            if bool(found) != (row.id in known):
                wrong[row.id] = "; ".join(found) or "is listed in known_differences.txt and agrees"
            if options.verbose:
                print(f"  {row.id}\n    measured  {real}\n    predicted {said}")
    bench.close()
    for row in rows:
        if row.id in wrong:
            print(f"{row.id}: {wrong[row.id]}\n    {'; '.join(row.before + row.statements)}")
    print(f"{what} on PostgreSQL {server.version}: {agree} of {len(rows) - skipped} agree"
          + (f", {skipped} cannot run on this version" if skipped else "") + (f", {len(wrong)} unexpected" if wrong else ""))
    return len(wrong)


def by_setup(rows):
    """In an order in which a prepared database serves many."""
    return sorted(rows, key=lambda row: (row.session, row.setup))


def measure_ours(server):
    """Writes this server's outcomes into rows.jsonl and keeps those of other versions."""
    rows = files.read_statements(files.OWN / "statements.txt")
    old = {row.id: row.versions for row in files.read_rows(files.OWN)} if (files.OWN / "rows.jsonl").exists() else {}
    bench = Bench(server, files.fixture_for(files.OWN, server.version))
    for row in by_setup(rows):
        row.versions = {version: outcome for version, outcome in old.get(row.id, {}).items() if version != server.version}
        try:
            row.versions[server.version] = bench.measure(row).stored()
        except Impossible as reason:
            print(f"{row.id}: cannot run on {server.version}: {reason}", file=sys.stderr)
    bench.close()
    with open(files.OWN / "rows.jsonl", "w") as out:
        out.writelines(row.line() for row in rows)
    print(f"measured {len(rows)} statements on PostgreSQL {server.version}")
    return 0
