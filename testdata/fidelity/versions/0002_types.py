"""PostgreSQL's own types"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f002"
down_revision = "f001"
branch_labels = None
depends_on = None


mood = postgresql.ENUM("sad", "ok", "happy", name="mood", create_type=False)


def upgrade() -> None:
    postgresql.ENUM("sad", "ok", "happy", name="mood").create(op.get_bind(), checkfirst=False)
    op.create_table(
        "types",
        sa.Column("id", postgresql.UUID(as_uuid=True), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("a", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("b", postgresql.ARRAY(sa.String()), server_default="{}"),
        sa.Column("c", postgresql.ARRAY(sa.Integer(), dimensions=2)),
        sa.Column("d", postgresql.TIMESTAMP(timezone=True, precision=3)),
        sa.Column("e", postgresql.INET()),
        sa.Column("f", postgresql.CIDR()),
        sa.Column("g", postgresql.MACADDR()),
        sa.Column("h", postgresql.BIT(8)),
        sa.Column("i", postgresql.BIT(8, varying=True)),
        sa.Column("j", postgresql.TSVECTOR()),
        sa.Column("k", postgresql.INT4RANGE()),
        sa.Column("l", postgresql.TSTZRANGE()),
        sa.Column("m", postgresql.HSTORE()),
        sa.Column("n", postgresql.CITEXT()),
        sa.Column("o", postgresql.MONEY()),
        sa.Column("p", postgresql.OID()),
        sa.Column("q", postgresql.INTERVAL(precision=2)),
        sa.Column("r", postgresql.DOUBLE_PRECISION()),
        sa.Column("s", postgresql.BYTEA()),
        sa.Column("t", mood, server_default="ok", nullable=False),
        sa.Column("u", sa.VARCHAR(length=40), nullable=True),
        sa.Column("v", sa.CHAR(3)),
        sa.Column("w", sa.REAL()),
        sa.Column("x", sa.TIMESTAMP()),
        sa.Column("y", postgresql.DATERANGE()),
        sa.Column("z", postgresql.NUMRANGE()),
        sa.Column("kind", sa.Enum("one", "two", name="kind", native_enum=False, length=10)),
        sa.PrimaryKeyConstraint("id"),
        postgresql.ExcludeConstraint(("k", "&&"), name="types_k_excl", using="gist"),
    )
    op.create_table("types_again", sa.Column("tone", sa.Enum("low", "high", name="tone")), sa.Column("other", sa.Enum("low", "high", name="tone")))
    op.create_table("types_once_more", sa.Column("tone", sa.Enum("low", "high", name="tone")))
    op.execute("CREATE TYPE size AS ENUM ('s', 'm')")
    op.add_column("types", sa.Column("size", postgresql.ENUM("s", "m", name="size", create_type=False)))
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE size ADD VALUE 'l' AFTER 'm'")


def downgrade() -> None:
    op.drop_column("types", "size")
    op.drop_table("types_once_more")
    op.drop_table("types_again")
    sa.Enum(name="tone").drop(op.get_bind(), checkfirst=False)
    op.drop_table("types")
    op.execute("DROP TYPE size")
    sa.Enum(name="mood").drop(op.get_bind(), checkfirst=False)
