"""Columns and types that several tables share."""
import sqlalchemy as sa

from . import states

Money = sa.Numeric(12, 2)


def timestamps():
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
    ]


def priced(name="price", **options):
    return sa.Column(name, Money, **options)


def state_column():
    return sa.Column("state", sa.Enum(*[one.value for one in states.State], name=states.PREFIX + "state"), nullable=False)
