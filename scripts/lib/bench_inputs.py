"""The inputs of scripts/bench: made from testdata/projects/storefront, varied by a seed."""
import pathlib
import random
import re
import subprocess

STOREFRONT = pathlib.Path(__file__).resolve().parents[2] / "testdata/projects/storefront"


def renamed(text: str, words: list[str], suffix: str) -> str:
    """The same migration about other tables: every word of ours gets a suffix."""
    return re.sub(r"\b(%s)" % "|".join(words), lambda m: m.group(1) + suffix, text)


def sql_sources() -> list[str]:
    return [p.read_text() for p in sorted((STOREFRONT / "sql").glob("*.up.sql"))]


WORDS = ["customers", "products", "orders", "order_items", "payments", "inventory", "warehouses", "events", "audit_log"]


def make_files(folder: pathlib.Path, count: int, chance: random.Random) -> None:
    folder.mkdir(parents=True)
    sources = sql_sources()
    for number in range(count):
        suffix = "_%d" % (number // len(sources))
        text = renamed(sources[number % len(sources)], WORDS, suffix)
        (folder / ("%06d_step_%d.up.sql" % (number, chance.randrange(1000)))).write_text(text)


def make_statements(path: pathlib.Path, count: int) -> None:
    lines = []
    for number in range(count):
        table = "t%d" % (number // 4)
        lines.append([
            f"CREATE TABLE {table} (id bigint PRIMARY KEY, name text NOT NULL, made timestamptz DEFAULT now());",
            f"ALTER TABLE {table} ADD COLUMN note varchar(40), ADD COLUMN total numeric(12, 2) DEFAULT 0;",
            f"CREATE INDEX {table}_name_idx ON {table} (name) WHERE note IS NOT NULL;",
            f"UPDATE {table} SET note = 'x' WHERE id < 100;",
        ][number % 4])
    path.write_text("\n".join(lines) + "\n")


REVISION = '''"""step {number}

Revision ID: r{number:06d}
Revises: {down_text}
"""
from alembic import op
import sqlalchemy as sa

revision = "r{number:06d}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thing_{number}",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thing_{number}")),
    )
    op.add_column("thing_{number}", sa.Column("note", sa.Text(), nullable=True))
    op.create_index(op.f("ix_thing_{number}_name"), "thing_{number}", ["name"], unique=False)
    op.execute("UPDATE thing_{number} SET note = name WHERE note IS NULL")


def downgrade() -> None:
    op.drop_index(op.f("ix_thing_{number}_name"), table_name="thing_{number}")
    op.drop_column("thing_{number}", "note")
    op.drop_table("thing_{number}")
'''


def make_revisions(folder: pathlib.Path, count: int) -> None:
    folder.mkdir(parents=True)
    for number in range(count):
        down = '"r%06d"' % (number - 1) if number else "None"
        text = REVISION.format(number=number, down=down, down_text=down.strip('"'))
        (folder / ("r%06d_step.py" % number)).write_text(text)


def make_project(folder: pathlib.Path, count: int, chance: random.Random) -> pathlib.Path:
    """A git repository with a history of `count` committed files, and one new file behind them, which is returned."""
    make_files(folder / "migrations", count, chance)
    git = ["git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for call in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "old"]):
        subprocess.run(git + call, check=True, stdout=subprocess.DEVNULL)
    new_file = folder / "migrations" / ("%06d_new.up.sql" % count)
    new_file.write_text("SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY new_idx ON customers_3 (email);\n")
    return new_file
