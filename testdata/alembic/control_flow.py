"""Constants, loops, helpers, tests that can and cannot be told"""
import os

import sqlalchemy as sa
from alembic import context, op
from enum import Enum

revision = "c1"
down_revision = ("b1", "b2")
depends_on = "z9"

TABLES = ["users", "orders"]
PREFIX = "ix_" + "shop"


class Status(str, Enum):
    new = "NEW"
    done = "DONE"


def add_stamp(table, column="created_at", *, nullable=True):
    if table == "skipped":
        return
    op.add_column(table, sa.Column(column, sa.DateTime(), nullable=nullable))


def upgrade():
    for table in TABLES:
        add_stamp(table)
        op.create_index(f"{PREFIX}_{table}", table, ["created_at"])
    add_stamp("skipped")
    add_stamp("orders", column="paid_at", nullable=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION citext")
    else:
        op.execute("SELECT 'never'")
    if context.is_offline_mode():
        op.drop_table("offline_only")
    if os.environ.get("DROP"):
        op.drop_table("maybe")
    else:
        op.drop_table("maybe_not")
    if os.environ.get("STOP"):
        return
    op.create_table(
        "jobs",
        *[sa.Column(name, sa.Integer()) for name in ("a", "b")],
        sa.Column("status", sa.Enum(*[s.value for s in Status], name="status")),
        sa.Column("kind", sa.Enum(Status)),
    )
    for row in op.get_bind().execute(sa.text("SELECT id FROM jobs")):
        op.execute(sa.text("UPDATE jobs SET a = 1 WHERE id = :id").bindparams(id=row.id))
        op.drop_column("jobs", row.name)
    op.execute("DROP TABLE %s" % os.environ["TABLE"])
    op.execute("UPDATE users SET name = '{}' WHERE id = 1".format(os.environ["NAME"]))
    op.execute("DROP TABLE %(a)s, {b}".format(b="y") % {"a": "x"})
    op.alter_column("users", "kind", type_=ProjectType())
    op.add_column("users", os.environ["COLUMN"])
    project_helper(op)
    op.create_entity(os)
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE status ADD VALUE 'late'")
    op.execute("SELECT 'after'")


def downgrade():
    raise RuntimeError("no")
