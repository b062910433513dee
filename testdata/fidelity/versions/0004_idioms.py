"""control flow, strings, helpers"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import json
from textwrap import dedent
from functools import partial

revision = "f004"
down_revision = "f003"
branch_labels = None
depends_on = None


TABLES: list[str] = ["alpha", "beta"]
OPTIONS = {"nullable": False, "server_default": sa.text("'{}'")}
LONG = (
    "SELECT set_config('a.b', "
    "'c', false)"
)


class Names:
    PREFIX = "app"
    table = PREFIX + "_log"


def text_column(name, length=20, *, nullable=True):
    return sa.Column(name, sa.String(length), nullable=nullable)


def with_columns(table, *columns, **options):
    op.create_table(table, sa.Column("id", sa.Integer(), primary_key=True), *columns, **options)


short = partial(text_column, length=5)
unique = lambda table, column: op.create_unique_constraint(f"uq_{table}_{column}", table, [column])  # noqa: E731


def upgrade() -> None:
    for index, table in enumerate(TABLES, start=1):
        with_columns(table, text_column("name"), short("code", nullable=False), comment="table %d" % index)
        unique(table, "code")
    with_columns(Names.table, *[sa.Column(f"part_{n}", sa.Integer()) for n in range(3) if n != 1])
    op.add_column("alpha", sa.Column("tags", postgresql.JSONB(), **OPTIONS))
    op.add_column("alpha", sa.Column("settings", postgresql.JSONB(), server_default=json.dumps({"a": [1, 2.5, None], "é": {"t": True}})))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_{0}_name ON {0} (name)".format("alpha"))
    else:
        op.execute("not for this database")
    op.execute(LONG)
    op.execute(
        dedent(
            """
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              NEW.touched = now();
              RETURN NEW;
            END $$
            """
        )
    )
    pairs = {"alpha": "name", "beta": "code"}
    for table, column in pairs.items():
        op.create_index("ix_" + "_".join([table, column, "x"]), table, [column])
    first, *rest = sorted(pairs)
    n = 0
    while n < 2:
        op.add_column(first, sa.Column("w%d" % n, sa.Integer()))
        n += 1
    try:
        op.drop_column(rest[0], "name")
    finally:
        op.add_column(rest[-1], sa.Column("title", sa.Text() if n == 2 else sa.String()))
    counter = 0

    def more():
        nonlocal counter
        counter += 1
        op.add_column("beta", sa.Column(f"more_{counter}", sa.Integer()))
        if counter >= 2:
            return
        more()

    more()


def downgrade() -> None:
    op.execute("DROP FUNCTION touch()")
    for table in reversed([*TABLES, Names.table]):
        op.drop_table(table)
