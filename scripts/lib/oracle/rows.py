"""Rows: a statement, what must come before it, and what servers of which versions did. The format is that of ../shared/oracle:
a JSON object a line; our own statements are written as `id ;; [VERB] text ;; …` and measured into the same format."""
import dataclasses
import json
import os
import pathlib
import re

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
OWN = REPOSITORY / "testdata" / "facts"
SHARED = pathlib.Path(os.environ.get("WHIMBREL_ORACLE") or REPOSITORY.parent / "shared" / "oracle")
KNOWN = REPOSITORY / "tests" / "facts" / "known_differences.txt"


@dataclasses.dataclass
class Row:
    id: str
    group: str = ""
    session: list = dataclasses.field(default_factory=list)     # settings made first
    setup: list = dataclasses.field(default_factory=list)       # committed before
    before: list = dataclasses.field(default_factory=list)      # run in the same transaction
    statements: list = dataclasses.field(default_factory=list)  # what is measured
    implicit: bool = False                                      # one simple-query string without BEGIN
    versions: dict = dataclasses.field(default_factory=dict)    # major version → outcome

    @classmethod
    def read(cls, line):
        value = json.loads(line)
        texts = {key: [value[key]] if isinstance(value[key], str) else value[key] for key in ("session", "setup", "before", "statement")}
        versions = {version: outcome for span, outcome in value["versions"].items() for version in versions_in(span)}
        return cls(value["id"], value["group"], texts["session"], texts["setup"], texts["before"], texts["statement"],
                   value["id"].startswith("notx.") and "_string" in value["id"], versions)

    def line(self):
        statement = self.statements[0] if len(self.statements) == 1 else self.statements
        value = {"id": self.id, "group": self.group, "session": self.session, "setup": self.setup, "before": self.before,
                 "statement": statement, "versions": joined(self.versions)}
        return json.dumps(value, separators=(",", ":")) + "\n"


def read_rows(folder):
    with open(folder / "rows.jsonl") as lines:
        return [Row.read(line) for line in lines if line.strip()]


def read_statements(path):
    """Our own statements: `id ;; setup ;; … ;; statement`. A part that begins with SESSION:, BEFORE: or THEN: is a setting of the
    session, runs in the transaction just before the statement, or is one more statement measured together with the last."""
    rows = []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, *parts = line.split(" ;; ")
        row = Row(name, "dml" if name.startswith("more.delete") else name.split(".")[0])
        plain = []
        for part in parts:
            verb, colon, text = part.partition(": ")
            target = {"SESSION": row.session, "BEFORE": row.before, "THEN": row.statements}.get(verb) if colon else None
            (plain if target is None else target).append(part if target is None else text)
        row.setup, row.statements = plain[:-1], plain[-1:] + row.statements
        rows.append(row)
    names = [row.id for row in rows]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{path}: used twice: {', '.join(sorted(twice))}")
    return rows


def fixture_for(folder, version):
    """The fixture's text for a version: lines behind `-- N+` only where the server is new enough."""
    since, lines = 0, []
    for line in (folder / "fixture.sql").read_text().splitlines(keepends=True):
        marked = re.fullmatch(r"-- (\d+)\+", line.strip())
        if marked:
            since = int(marked.group(1))
        if since <= version:
            lines.append(line)
    return "".join(lines)


def versions_in(span):
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def joined(outcomes):
    """Equal neighbours share a range."""
    versions, result, first = sorted(outcomes), {}, None
    for i, version in enumerate(versions):
        first = version if first is None else first
        following = versions[i + 1] if i + 1 < len(versions) else None
        if following == version + 1 and outcomes[following] == outcomes[version]:
            continue
        result[str(version) if first == version else f"{first}-{version}"] = outcomes[version]
        first = None
    return result


def known_differences():
    """`row.id versions [row:|live:] why` → id: versions on which whimbrel's answer is known to differ; `row:` only from the stored row."""
    known = {}
    for line in KNOWN.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, span, why = (line + "  ").split(" ", 2)
            if not why.startswith("row: "):
                known.setdefault(name, set()).update(versions_in(span))
    return known
