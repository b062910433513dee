"""What a statement really does on a server: locks, rewrites, scans, index builds, the error, and whether a transaction refuses it.

A statement runs in a transaction that is rolled back; behind a committed setup, on a copy of the database (rows of the same setup that
follow each other share it). Locks are those held at
its end less those held before (pg_locks), rewrites and builds come from file numbers, scans from the transaction's counters and from
debug messages. What a transaction refuses runs alone on a copy of the database; locks.py says how its locks are found."""
import dataclasses
import re
import time

from oracle.locks import requested, strongest

RELATIONS = """SELECT 'R', c.oid, CASE WHEN n.nspname = 'public' THEN '' WHEN n.oid = pg_my_temp_schema() THEN 'pg_temp.' ELSE n.nspname||'.' END||c.relname,
    c.relfilenode, c.relkind::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' """
LOCKS = "SELECT 'L', relation, mode, 0, '' FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted"
SCANS = "SELECT 'S', relid, NULL, seq_scan, '' FROM pg_stat_%suser_tables"
PAGES = """SELECT 'P', c.oid, NULL, pg_stat_get_%sblocks_fetched(c.oid), (pg_relation_size(c.oid) / 8192)::text FROM pg_class c
  WHERE c.relkind IN ('r', 'm') AND c.oid >= 16384"""
READS_BLOCKS = re.compile(r"\s*(vacuum|analyze)\b", re.I)  # without what counts as a scan
CLUSTER_WIDE = re.compile(r"\s*((create|drop|alter) (database|tablespace|subscription|system)|reindex (system|database))\b", re.I)
REFUSED = "25001"
VERIFYING = re.compile(r'(?:verifying|rewriting) table "(.*)"|building index ".*" on table "([^"]*)"')


@dataclasses.dataclass
class Outcome:
    locks: dict = dataclasses.field(default_factory=dict)      # relation that existed → strongest mode newly taken
    held: dict = dataclasses.field(default_factory=dict)       # strongest mode held before
    rewritten: set = dataclasses.field(default_factory=set)
    index_rebuilt: set = dataclasses.field(default_factory=set)
    indexes_built: set = dataclasses.field(default_factory=set)
    scanned: set = dataclasses.field(default_factory=set)
    error: str = ""
    message: str = ""
    refused: bool = False     # inside a transaction block
    autocommit: bool = False  # measured outside one
    kinds: dict = dataclasses.field(default_factory=dict)      # relation that existed before → pg_class.relkind

    def stored(self):
        """As rows.jsonl keeps it: nothing that is empty."""
        if self.error and not self.autocommit:
            return {"error": self.error}
        # Whether what an expression or a column depends on is locked meanwhile depends on the minor release: 15.20 does, 17.10 does not.
        locks = {name: mode for name, mode in sorted(self.locks.items()) if mode != "AccessShareLock" or self.kinds[name] not in ("S", "c")}
        value = {"error": self.error, "tx_block_error": REFUSED if self.refused else "", "locks": locks,
                 "rewritten": sorted(self.rewritten), "index_rebuilt": sorted(self.index_rebuilt), "indexes_built": sorted(self.indexes_built),
                 "scanned": sorted(self.scanned), "mode": "autocommit_probed" if self.autocommit else ""}
        return {key: part for key, part in value.items() if part}


class Impossible(Exception):
    """The row cannot be measured on this version: what comes before the statement fails."""


@dataclasses.dataclass
class Moment:
    """What the catalog, the lock table and the counters said at one time."""
    relations: dict  # oid → (name, file, kind)
    locks: dict      # oid → modes held by the session
    scans: dict      # oid → count
    pages: dict      # oid → (read, there)

    @classmethod
    def of(cls, session, row, transaction="xact_"):
        relations, locks, scans, pages = {}, {}, {}, {}
        question = f"{RELATIONS} UNION ALL {LOCKS} UNION ALL {SCANS % transaction}"
        if READS_BLOCKS.match(row.statements[0]):
            question += f" UNION ALL {PAGES % transaction}"
        for tag, oid, text, number, kind in session.rows(question):
            if tag == "R":
                relations[oid] = (text, number, kind)
            elif tag == "L":
                locks.setdefault(oid, set()).add(text)
            elif tag == "S":
                scans[oid] = int(number or 0)
            else:
                pages[oid] = (int(number or 0), int(kind))
        return cls(relations, locks, scans, pages)

    def read_since(self, before, oid):
        """Whether the table was read in full since."""
        if self.scans.get(oid, 0) > before.scans.get(oid, 0):
            return True
        read, there = self.pages.get(oid, (0, 0))
        return 0 < there <= read - before.pages.get(oid, (0, 0))[0]


class Bench:
    """A server with a fixture, on which rows are measured one after the other."""

    def __init__(self, server, fixture):
        self.server = server
        server.create_database("fixture")
        server.create_role("app")
        server.create_tablespace("ts1")
        with server.connect("fixture") as session:
            session.must(fixture)
            session.must("VACUUM")
        self.session, self.prepared_for = None, None

    def measure(self, row):
        """The Outcome; raises Impossible."""
        if row.implicit:
            return self.alone(row)
        if self.prepared_for != (row.session, row.setup):
            self.close()
            self.session = self.prepared(row, "prepared")
            self.prepared_for = (row.session, row.setup)
        outcome = in_transaction(self.session, row)
        if outcome.error == REFUSED and not row.before and not CLUSTER_WIDE.match(row.statements[0]):
            alone = self.alone(row)
            alone.refused = True
            return alone
        outcome.refused = outcome.error == REFUSED
        return outcome

    def prepared(self, row, database="alone"):
        """A session on a fresh copy of the fixture on which the row's setup is committed."""
        self.server.create_database(database, "fixture")
        session = self.server.connect(database)
        for text in row.session + row.setup:
            reply = session.run(text)
            if reply.error:
                session.close()
                raise Impossible(f"{reply.error} {reply.message} in: {text}")
        return session

    def alone(self, row):
        with self.prepared(row) as session:
            return alone(self.server, "alone", session, row)

    def close(self):
        if self.session is not None:
            self.session.close()
        self.session, self.prepared_for = None, None


def alone(server, database, session, row):
    """Each statement outside a transaction block, as autocommit sends it."""
    flush_counters(session, server.version)
    before = Moment.of(session, row, "")
    session.must("SET client_min_messages = debug1")
    if row.implicit:  # several statements would wait for each other's blockers
        locks, replies = {}, [session.run(text) for text in row.statements]
    else:
        locks, replies = requested(server, database, session, row.statements, before.relations)
    session.must("RESET client_min_messages")
    flush_counters(session, server.version)
    outcome = outcome_of(before, Moment.of(session, row, ""), replies)
    outcome.locks, outcome.autocommit = locks, True
    return outcome


def in_transaction(session, row):
    session.must("BEGIN")
    for text in row.before:
        reply = session.run(text)
        if reply.error:
            session.must("ROLLBACK")
            raise Impossible(f"{reply.error} {reply.message} in: {text}")
    before = Moment.of(session, row)
    session.must("SET LOCAL client_min_messages = debug1")
    replies = []
    for text in row.statements:
        replies.append(session.run(text))
        if replies[-1].error:
            break
    if replies[-1].error:
        outcome = Outcome(error=replies[-1].error, message=replies[-1].message, kinds=kinds_of(before))
    else:
        session.must("SET LOCAL client_min_messages = notice")
        outcome = outcome_of(before, Moment.of(session, row), replies)
    session.run("ROLLBACK")
    return outcome


def kinds_of(moment):
    return {name: kind for name, _, kind in moment.relations.values()}


def outcome_of(before, after, replies):
    existed = before.relations
    files = {name: file for name, file, _ in existed.values()}
    changed = [(existed[oid][0], kind) for oid, (_, file, kind) in after.relations.items() if oid in existed and existed[oid][1] != file]
    made = [(name, file) for oid, (name, file, kind) in after.relations.items() if oid not in existed and kind in "iI"]
    outcome = Outcome(kinds=kinds_of(before))
    for oid, (name, _, kind) in existed.items():
        new = after.locks.get(oid, set()) - before.locks.get(oid, set())
        if new:
            outcome.locks[name] = strongest(new)
        if oid in before.locks:
            outcome.held[name] = strongest(before.locks[oid])
        if kind in "rm" and after.read_since(before, oid):
            outcome.scanned.add(name)
    outcome.rewritten = {name for name, kind in changed if kind in "rm"}
    outcome.index_rebuilt = {name for name, kind in changed if kind == "i"}
    outcome.indexes_built = {name for name, file in made if files.get(name) != file}
    tables = {name for name, _, kind in existed.values() if kind in "rm"}
    for reply in replies:
        outcome.error, outcome.message = outcome.error or reply.error, outcome.message or reply.message
        for _, _, message in reply.notices:
            told = VERIFYING.match(message)
            outcome.scanned |= {name for name in told.groups() if name in tables} if told else set()
    return outcome


def flush_counters(session, version):
    """Makes the session's own counters visible in pg_stat_user_tables."""
    if version >= 15:
        session.must("SELECT pg_stat_force_next_flush()")
        session.must("SELECT pg_stat_clear_snapshot()")
    else:
        time.sleep(1.1)
        session.must("SELECT 1")
        time.sleep(0.6)
        session.must("SELECT pg_stat_clear_snapshot()")
