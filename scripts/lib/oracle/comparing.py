"""When a prediction agrees with a measurement: the words of ../shared/oracle/README.md, applied to a live server."""
from oracle.locks import stronger

UNKNOWN_OBJECT = ("42P01", "42704", "42809")
REFUSED = ("25001", "2D000")


def about_indexes(statement):
    return statement.lower().startswith(("reindex", "drop index", "alter index"))


def differences(row, real, said):
    """What differs, in words; empty where the prediction agrees."""
    if real.error[:2] in ("22", "23"):
        return [] if said.error in ("", real.error) else [f"error {said.error} for {real.error}, which the data decide"]
    if said.invalid and said.error == "42601":
        return []  # grammar that is gone, or newer than ours
    if real.error in UNKNOWN_OBJECT and said.error != real.error and not said.certain:
        return []  # what the history may have is presumed to exist, and said to be uncertain
    if real.error in REFUSED:
        return [] if said.forbids or said.error == real.error else ["not said to be refused in a transaction"]
    found = []
    if said.error != real.error:
        found.append(f"error {said.error or 'none'} for {real.error or 'none'}{' (' + real.message + ')' if real.error else ''}")
    if real.refused and not said.forbids:
        found.append("not said to be refused in a transaction")
    if not real.refused and not real.autocommit and said.forbids:
        found.append("said to be refused in a transaction")
    if real.error:
        return found  # a failed transaction tells no more
    found += lock_differences(row, real, said)
    # What the statement itself creates is not measured.
    found += set_difference("rewrites", said.rewrites & real.kinds.keys(), real.rewritten)
    if row.group != "dml":  # how a query reads is the planner's choice
        found += set_difference("scans", said.scans & real.kinds.keys(), real.scanned)
    found += set_difference("builds", said.builds, real.index_rebuilt | real.indexes_built)
    return found


def lock_differences(row, real, said):
    if row.implicit:
        return []  # its transaction is over before its locks could be read
    indexes = about_indexes(row.statements[0])

    def compared(name, mode):
        if real.kinds.get(name) in ("i", "I"):
            # The last step of DROP INDEX CONCURRENTLY and the like locks an index that no query can hold any more.
            return indexes and (not real.autocommit or name in real.locks)
        # Whether what an expression or a column depends on is locked meanwhile depends on the minor release: 15.20 does, 17.10 does not.
        return mode != "AccessShareLock" or real.kinds.get(name) not in ("S", "c")

    measured = {name: mode for name, mode in real.locks.items() if stronger(mode, real.held.get(name)) and compared(name, mode)}
    predicted = {name: mode for name, mode in said.locks.items() if compared(name, mode)}
    names = sorted(name for name in measured.keys() | predicted.keys() if measured.get(name) != predicted.get(name))
    return ["locks " + ", ".join(f"{name}: {predicted.get(name, 'none')} for {measured.get(name, 'none')}" for name in names)] if names else []


def set_difference(what, said, real):
    return [] if said == real else [f"{what} {sorted(said)} for {sorted(real)}"]
