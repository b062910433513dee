"""tables with every kind of column and constraint"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("big", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("small", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False, comment="as written on the card"),
        sa.Column("email", sa.String(), nullable=True, unique=True),
        sa.Column("bio", sa.Text(), server_default="it's \"fine\"", nullable=True),
        sa.Column("born", sa.Date()),
        sa.Column("wakes", sa.Time()),
        sa.Column("seen_at", sa.DateTime(), server_default=sa.func.now()),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("nap", sa.Interval()),
        sa.Column("score", sa.Float()),
        sa.Column("ratio", sa.Double()),
        sa.Column("price", sa.Numeric(10, 2), server_default="0.00"),
        sa.Column("amount", sa.Numeric()),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("raw", sa.LargeBinary()),
        sa.Column("data", sa.JSON()),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(12, 2), sa.Computed("price * 2", persisted=True)),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True, start=10, increment=5), nullable=False),
        sa.CheckConstraint("price >= 0", name="people_price_check"),
        sa.PrimaryKeyConstraint("id", name="people_pk"),
        sa.UniqueConstraint("name", "born", name="people_name_born_key"),
        comment="everybody",
    )
    op.create_table(
        "pets",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("people.id", ondelete="CASCADE", name="pets_owner_fk"), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True, index=True),
        sa.ForeignKeyConstraint(["second_id"], ["people.id"], name="pets_second_fk", onupdate="CASCADE", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
        if_not_exists=True,
    )
    op.create_table("pairs", sa.Column("a", sa.Integer()), sa.Column("b", sa.Integer()), sa.PrimaryKeyConstraint("a", "b"), schema="other")


def downgrade() -> None:
    op.drop_table("pairs", schema="other")
    op.drop_table("pets", if_exists=True)
    op.drop_table("people")
