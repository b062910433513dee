"""Rows for tables that an example made: an empty table hides what reading it would cost."""

ROWS = 200
# By type category and name: a value that differs from row to row, the same number meaning the same thing in every table, so that
# references hold.
VALUES = {
    "N": "g", "S": "'v' || g", "B": "g % 2 = 0", "D": "'2024-01-01'::timestamp + g * interval '1 hour'", "T": "g * interval '1 minute'",
}
BY_NAME = {"uuid": "md5(g::text)::uuid", "json": "'{}'", "jsonb": "'{}'", "bytea": "decode(md5(g::text), 'hex')", "oid": "g::oid"}
COLUMNS = """SELECT a.attname, coalesce(b.typname, t.typname), coalesce(b.typcategory, t.typcategory)::text,
    format_type(a.atttypid, a.atttypmod), (SELECT quote_literal(min(enumlabel)) FROM pg_enum WHERE enumtypid = a.atttypid)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
  WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' %s ORDER BY a.attnum"""


def fill(session):
    """Puts rows into every empty table; what cannot be filled so stays empty."""
    tables = session.rows("SELECT oid, oid::regclass::text AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND oid >= 16384 ORDER BY 1")
    plain = "AND a.attgenerated = ''" if int(session.value("SHOW server_version_num")) >= 120000 else ""
    for _ in range(2):  # a reference to a table that comes later
        for oid, name in tables:
            if session.value(f"SELECT count(*) FROM {name}") != "0":
                continue
            columns = [(column, value_of(*rest)) for column, *rest in session.rows(COLUMNS % (oid, plain))]
            columns = [(column, value) for column, value in columns if value]
            if columns:
                names = ", ".join('"' + column.replace('"', '""') + '"' for column, _ in columns)
                session.run(f"INSERT INTO {name} ({names}) SELECT {', '.join(value for _, value in columns)} FROM generate_series(1, {ROWS}) g")
            else:
                session.run(f"INSERT INTO {name} DEFAULT VALUES")


def value_of(base, category, spelled, label):
    if label:
        return label
    expression = BY_NAME.get(base) or VALUES.get(category)
    return f"({expression})::{spelled}" if expression else None
