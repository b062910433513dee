"""Mode `examples`: every bad and good example of rules/, run on the server behind what it is given, and each statement compared with
what whimbrel says of it, the locks that a finding prints included.

Statements are taken as `whimbrel locks` lists them, so that Alembic's operations run as the SQL that whimbrel takes them for."""
import json
import pathlib
import re
import subprocess
import tempfile
import tomllib

from example_files import options_of, write_example
from oracle.comparing import differences
from oracle.filling import fill
from oracle.locks import stronger, strongest
from oracle.measuring import Moment, Outcome, alone, outcome_of
from oracle.prediction import Prediction, WrongProgram, find_program, plain_name, server_mode
from oracle.rows import REPOSITORY, Row

NAME = "examples"
HELP = "run each bad and good example of rules/ and compare it with `whimbrel locks` and the findings of `whimbrel check`"

CONTROL = {"Begin", "Commit", "Rollback", "RollbackTo", "Savepoint", "Release", "Transaction", "SetParameter", "Set"}
QUERIES = re.compile(r"\s*(select|insert|update|delete|with|values|merge|copy)\b", re.I)


def add_arguments(parser):
    parser.add_argument("--only", metavar="TEXT", help="rules whose name contains the text")


def run(server, options):
    program = find_program(options.program)
    server.create_role("app")
    count, statements, skipped, wrong = 0, 0, 0, []
    for path in sorted((REPOSITORY / "rules").glob("*.toml")):
        if options.only and options.only not in path.stem:
            continue
        for number, example in enumerate(tomllib.loads(path.read_text()).get("example", []), 1):
            for kind in ("bad", "good"):
                if not example.get(kind):
                    continue
                if needed_version(example) > server.version:
                    skipped += 1
                    continue
                count += 1
                case = Case(server, program, path.stem, example, kind)
                statements += case.prove()
                wrong += [f"{path.stem}, example {number}, {kind}: {text}" for text in case.wrong]
    for text in wrong:
        print(text)
    print(f"examples on PostgreSQL {server.version}: {count} run, {statements} statements compared"
          + (f", {skipped} are for newer versions" if skipped else "") + (f", {len(wrong)} disagreements" if wrong else ", all agree"))
    return len(wrong)


def needed_version(example):
    told = [re.fullmatch(r"pg_version\s*=\s*(\d+)", option.strip()) for option in options_of(example)]
    return max([int(match.group(1)) for match in told if match], default=0)


class Case:
    """One example in a database of its own."""

    def __init__(self, server, program, rule, example, kind):
        self.server, self.program, self.rule, self.example, self.kind = server, program, rule, example, kind
        self.python = example.get("frontend", "sql") != "sql"
        self.wrong = []

    def prove(self):
        """The number of statements that were compared."""
        with tempfile.TemporaryDirectory(prefix="whimbrel-oracle-project.") as folder:
            self.project = pathlib.Path(folder)
            options = [option for option in options_of(self.example) if not option.strip().startswith("pg_version")]
            (self.project / "whimbrel.toml").write_text("\n".join([f'select = ["default", "{self.rule}"]', *options]) + "\n")
            given = self.example.get("given", "")
            if given:
                self.write("0001_given", given, "0001", "")
            judged = self.write("0002_example", self.example[self.kind], "0002", "0001" if given else "")
            self.server.create_database("example")
            with self.server.connect("example") as session:
                if given and not self.prepare(session, self.locks(f"migrations/0001_given{judged.suffix}")):
                    return 0
                return self.run_statements(session, self.locks(f"migrations/{judged.name}"), self.findings(f"migrations/{judged.name}"))

    def write(self, stem, text, revision, parent):
        return write_example(self.project, stem, text, revision, parent, self.python)

    def ask(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--format", "json", "--pg-version", str(self.server.version), "--jobs", "1"],
                              cwd=self.project, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise WrongProgram(f"{self.program} {arguments[0]}: exit {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def locks(self, file):
        return [said for said in self.ask("locks", file)["statements"] if said["direction"] == "up"]

    def findings(self, file):
        return [finding for finding in self.ask("check", file)["findings"] if finding.get("locks") and finding["direction"] == "up"]

    def prepare(self, session, statements):
        for said in statements:
            reply = session.run(said["text"])
            if reply.error:
                self.wrong.append(f"what it is given fails: {reply.error} {reply.message}\n    {said['text']}")
                return False
        fill(session)
        return True

    def run_statements(self, session, statements, findings):
        compared = 0
        status = "I"
        for i, said in enumerate(statements):
            row = Row(self.rule, "dml" if QUERIES.match(said["text"]) else "example", statements=[said["text"]])
            if status == "T" and not said["in_transaction"]:
                status = session.run("COMMIT").status
            if said["operation"] in CONTROL:
                status = session.run(said["text"]).status
                continue
            if status == "E":
                continue
            if status == "I" and said["in_transaction"]:
                status = session.run("BEGIN").status
            own = status == "I" and not said["forbids_transaction"]
            real, status = self.measure(session, row, own, status)
            compared += 1
            said_of = Prediction.of([said])
            self.wrong += [f"{text}\n    {said['text']}" for text in differences(row, real, said_of)]
            following = statements[i + 1]["line"] if i + 1 < len(statements) else 1 << 30
            here = [finding for finding in findings if said["line"] <= finding["line"] < following]
            self.wrong += [text for finding in here for text in lock_differences(finding, real)]
        return compared

    def measure(self, session, row, own, status):
        """The outcome, and the transaction's status after. `own`: in a transaction of its own."""
        if status == "I" and not own:
            session.must("BEGIN")
            refused = session.run(row.statements[0]).error
            session.must("ROLLBACK")
            if refused == "25001":
                outcome = alone(self.server, "example", session, row)
                outcome.refused = True
                return outcome, "I"
            own = True
        if own:
            session.must("BEGIN")
        before = Moment.of(session, row)
        session.must("SET LOCAL client_min_messages = debug1")
        reply = session.run(row.statements[0])
        if reply.error:
            session.run("ROLLBACK" if own else "SELECT")
            return Outcome(error=reply.error, message=reply.message), "I" if own else "E"
        session.must("SET LOCAL client_min_messages = notice")
        outcome = outcome_of(before, Moment.of(session, row), [reply])
        return outcome, session.run("COMMIT").status if own else "T"


def lock_differences(finding, real):
    """A lock that a finding prints is the one measured, or one of the statement's other subcommands needs a stronger one."""
    if real.error:
        return []
    found = []
    for lock in finding["locks"]:
        name, mode = plain_name(lock["relation"]), server_mode(lock["mode"])
        measured = strongest([real.locks.get(name), real.held.get(name)])
        if measured is None or stronger(mode, measured):
            found.append(f"{finding['rule']} prints {mode} on {name}, measured is {measured or 'none'}")
    return found
