"""Locks of statements that keep none until their end: CONCURRENTLY, VACUUM, and others that transact by themselves.

Each table is locked by a session of its own in every mode, and with it its indexes in ACCESS SHARE. The statement stops at each table in
turn; pg_locks says which mode it waits for, and the locks that forbid it are taken away. What stays behind stops a later, stronger
request, on the table or an index, so that it is seen too."""
import threading
import time

from oracle.connection import Broken

STRENGTH = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock",
            "ExclusiveLock", "AccessExclusiveLock"]


def stronger(mode, other):
    """Whether the mode is above the other, which may be None for no lock."""
    return other is None or STRENGTH.index(mode) > STRENGTH.index(other)


def strongest(modes):
    """Of several, some of them None; None where there is none."""
    return max((mode for mode in modes if mode), key=STRENGTH.index, default=None)


# What a blocker holds, lowest first: all of it, or all up to the highest level that is compatible with a request.
LEVELS = ["ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"]
COMPATIBLE = {"AccessShareLock": 5, "RowShareLock": 4, "RowExclusiveLock": 3, "ShareUpdateExclusiveLock": 2, "ShareLock": 1,
              "ShareRowExclusiveLock": 1, "ExclusiveLock": 0}
ALL = len(LEVELS)


class Blocker:
    """A session that holds one table, with its indexes, against everybody."""

    def __init__(self, server, database, name, kind):
        quoted = ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))
        lock = {mode: f"LOCK TABLE ONLY {quoted} IN {mode} MODE" for mode in LEVELS}
        if kind == "m":  # which LOCK TABLE does not take: commands that change nothing lock it the same
            lock = {"SHARE UPDATE EXCLUSIVE": f"COMMENT ON MATERIALIZED VIEW {quoted} IS NULL",
                    "ACCESS EXCLUSIVE": f"ALTER MATERIALIZED VIEW {quoted} OWNER TO postgres"}
        steps = [f"SAVEPOINT level{level}; {lock.get(mode, 'SELECT')}" for level, mode in enumerate(LEVELS)]
        self.session = server.connect(database)
        self.session.must(f"BEGIN; SELECT FROM ONLY {quoted} LIMIT 0; {'; '.join(steps)}")
        self.level = ALL

    def give_way(self, mode):
        """Lets a request for the mode pass, and keeps what stops a stronger one."""
        level = COMPATIBLE.get(mode, -1)
        if 0 <= level < self.level:
            self.session.must(f"ROLLBACK TO level{level}")
            self.level = level
        else:
            self.session.run("ROLLBACK")
            self.level = -1


def requested(server, database, session, statements, relations):
    """Runs the statements. Relation → strongest mode that they asked for on it; their replies. `relations`: oid → (name, file, kind)."""
    asked, blockers, replies = {}, {}, []
    watcher = server.connect(database)
    try:
        for oid, (name, _, kind) in relations.items():
            if kind in "rpm" and not name.startswith("pg_temp."):
                blockers[oid] = Blocker(server, database, name, kind)
        tables = {index: table for index, table in watcher.rows("SELECT indexrelid, indrelid FROM pg_index")}
        for text in statements:
            session.send(text)
            answering = threading.Thread(target=lambda: replies.append(session.receive()))
            answering.start()
            follow(watcher, session, answering, relations, tables, blockers, asked)
    finally:
        for blocker in blockers.values():
            blocker.session.close()
        watcher.close()
    return asked, replies


def follow(watcher, session, answering, relations, tables, blockers, asked, seconds=20):
    """Lets the session's statement go on from relation to relation until it is done. `tables`: index → its table."""
    until = time.monotonic() + seconds
    waiting = f"SELECT locktype, relation, mode FROM pg_locks WHERE pid = {session.process_id} AND NOT granted"
    while time.monotonic() < until:
        answering.join(0.001)
        if not answering.is_alive():
            return
        for kind, oid, mode in watcher.rows(waiting):
            if kind != "relation":
                release_what_it_waits_for(watcher, session, blockers)
                continue
            name = relations[oid][0] if oid in relations else None
            if name is not None and stronger(mode, asked.get(name)):
                asked[name] = mode
            blocker = blockers.get(tables.get(oid, oid))
            if blocker is None:
                release_what_it_waits_for(watcher, session, blockers)
            else:
                blocker.give_way(mode)
    last = watcher.rows(waiting)
    watcher.run(f"SELECT pg_cancel_backend({session.process_id})")
    answering.join()
    raise Broken(f"the statement does not end; it waits for {last}")


def release_what_it_waits_for(watcher, session, blockers):
    """Some statements wait for transactions, not for a lock: those must end."""
    holders = {int(row[0]) for row in watcher.rows(f"SELECT unnest(pg_blocking_pids({session.process_id}))")}
    for blocker in blockers.values():
        if blocker.session.process_id in holders:
            blocker.give_way("ExclusiveLock")
