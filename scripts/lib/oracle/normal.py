"""Says whether two definitions mean the same, by letting the server print both: the one of whimbrel is made on a copy of the table.

The copy is a temporary table of the same name and columns in a transaction that is rolled back."""
import re

from oracle.snapshot import split_name


class Normal:
    def __init__(self, session, schemas):
        """A session of the database whose catalog was read; `schemas` becomes its search_path, as names in expressions are as written."""
        self.session = session
        self.proven = {}
        self.path = ", ".join(["pg_temp", *schemas])

    def set_schemas(self, schemas):
        self.path = ", ".join(["pg_temp", *schemas])

    def same(self, kind, table, ours, theirs, detail=""):
        """Whether `ours` is printed as `theirs`. Kinds: default, generated (detail: the type), constraint, index, key, bound (detail: the
        parent's key), domain (detail: the base type), domain_default."""
        if ours == theirs:
            return True
        if ours is None or theirs is None:
            return False
        key = (kind, table, ours, theirs, detail)
        if key not in self.proven:
            self.proven[key] = self.print(kind, table, ours, detail)
        printed = self.proven[key]
        return printed is not None and bare(printed) == bare(theirs)

    def printed(self, kind, table, ours, theirs, detail=""):
        return self.proven.get((kind, table, ours, theirs, detail))

    def print(self, kind, table, text, detail):
        name = table[split_name(table) + 1:] if table else "zz"
        # Printed with the search_path of the snapshot: '' for definitions, public for expressions of columns.
        like = f"CREATE TEMP TABLE {name} (LIKE {table} INCLUDING GENERATED)" if table else ""
        plain = f"CREATE TEMP TABLE {name} (LIKE {table})" if table else ""
        made = f"'pg_temp.{escaped(name)}'::regclass"
        if kind == "default":
            steps = [like, f"ALTER TABLE pg_temp.{name} ALTER COLUMN {detail} SET DEFAULT {text}"]
            ask = ("public", f"SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = adrelid AND a.attnum = adnum "
                             f"WHERE adrelid = {made} AND quote_ident(attname) = '{escaped(detail)}'")
        elif kind == "generated":
            steps = [plain, f"ALTER TABLE pg_temp.{name} ADD COLUMN zz_ {detail} GENERATED ALWAYS AS ({text}) STORED"]
            ask = ("public", f"SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = {made} ORDER BY adnum DESC LIMIT 1")
        elif kind == "constraint":
            steps = [like, f"ALTER TABLE pg_temp.{name} ADD CONSTRAINT zz_ {text}"]
            ask = ("''", f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = {made} AND conname = 'zz_'")
        elif kind == "index":
            steps = [like, f"CREATE INDEX zz_ ON pg_temp.{name}{text}"]
            ask = ("''", "SELECT substr(d, strpos(d, ' USING ')) FROM pg_get_indexdef('pg_temp.zz_'::regclass) d")
        elif kind == "key":
            steps = [f"{plain} PARTITION BY {text}"]
            ask = ("''", f"SELECT pg_get_partkeydef({made})")
        elif kind == "bound":
            steps = [f"CREATE TEMP TABLE zz_ (LIKE {table}) PARTITION BY {detail}", f"CREATE TEMP TABLE zz_part PARTITION OF pg_temp.zz_ {text}"]
            ask = ("''", "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = 'pg_temp.zz_part'::regclass")
        elif kind == "domain":
            steps = [f"CREATE DOMAIN pg_temp.zz_ AS {detail} CONSTRAINT zz_ CHECK ({text})"]
            ask = ("public", "SELECT pg_get_expr(conbin, 0) FROM pg_constraint WHERE contypid = 'pg_temp.zz_'::regtype")
        elif kind == "domain_default":
            steps = [f"CREATE DOMAIN pg_temp.zz_ AS {detail} DEFAULT {text}"]
            ask = ("public", "SELECT pg_get_expr(typdefaultbin, 0) FROM pg_type WHERE oid = 'pg_temp.zz_'::regtype")
        else:
            raise ValueError(kind)
        return self.tried(steps, ask)

    def tried(self, steps, ask):
        session = self.session
        session.must(f"BEGIN; SET LOCAL search_path = {self.path}")
        try:
            for step in steps:
                reply = session.run(step)
                if reply.error:
                    return f"({reply.message})"
            session.must(f"SET LOCAL search_path = {ask[0]}")
            rows = session.run(ask[1]).rows
            return rows[0][0] if rows else None
        finally:
            session.must("ROLLBACK")


def bare(text):
    """Without the casts that a constant got when its column had another type, and without the two spellings of trim()."""
    text = re.sub(r"('(?:[^']|'')*')::(?:\"[^\"]+\"|[a-z_][a-z_0-9.]*)(?: varying| precision| with(?:out)? time zone)?(?:\([0-9,]+\))?(?:\[\])?", r"\1", text)
    text = re.sub(r"\bSUBSTRING\((.*?) FROM (.*?) FOR (.*?)\)", r'"substring"(\1, \2, \3)', text)
    text = re.sub(r"\(([^()]+(?:\(\))?) AT TIME ZONE ('[^']*')\)", r"timezone(\2, \1)", text).replace("((timezone(", "(timezone(")
    text = re.sub(r"\bTRIM\(BOTH FROM ", "btrim(", text)
    text = re.sub(r"\bTRIM\(LEADING FROM ", "ltrim(", text)
    return re.sub(r"\bTRIM\(TRAILING FROM ", "rtrim(", text)


def escaped(text):
    return text.replace("'", "''")


def differences(normal, ours, theirs):
    """{key: text} of what is not equal: {("column", "public.t.a"): "type: integer here, bigint on the server"}."""
    found = {}
    for key in sorted(ours.keys() | theirs.keys()):
        if key not in ours:
            found[key] = "missing in whimbrel's catalog"
        elif key not in theirs:
            found[key] = "not on the server"
        else:
            parts = [part for name in theirs[key] if (part := attribute(normal, key, name, ours[key], theirs[key], theirs))]
            if parts:
                found[key] = "; ".join(parts)
    return found


def attribute(normal, key, name, ours, theirs, everything):
    """What differs in one attribute, or ''."""
    left, right = ours.get(name), theirs[name]
    if left == right:
        return ""
    shown = None
    if name == "definition" and ours.get("kind") != "f":
        if normal.same("constraint" if key[0] == "constraint" else "index", theirs["table"], left, right):
            return ""
        shown = normal.printed("constraint" if key[0] == "constraint" else "index", theirs["table"], left, right)
    if name == "expression":
        column = key[1][len(theirs["table"]) + 1:]
        column = column if column.isidentifier() and column == column.lower() else '"' + column.replace('"', '""') + '"'
        kind, detail = ("generated", theirs["type"]) if theirs["generated"] else ("default", column)
        if normal.same(kind, theirs["table"], left, right, detail):
            return ""
        shown = normal.printed(kind, theirs["table"], left, right, detail)
    if name == "partition_by" and normal.same("key", key[1], left, right):
        return ""
    if name == "bound" and left is not None and right is not None:
        parent = everything.get(("table", (theirs["parents"] or [""])[0]), {}).get("partition_by")
        if parent and normal.same("bound", theirs["parents"][0], left, right, parent):
            return ""
    if key[0] == "type" and name == "default" and normal.same("domain_default", "", left, right, theirs["base"]):
        return ""
    if key[0] == "type" and name == "constraints" and [c[:2] for c in left] == [c[:2] for c in right]:
        if all(normal.same("domain", "", a[2], b[2], theirs["base"]) for a, b in zip(left, right)):
            return ""
    again = f" (printed as {shown})" if shown and shown != left else ""
    return f"{name}: {left!r}{again} in whimbrel's, {right!r} on the server"
