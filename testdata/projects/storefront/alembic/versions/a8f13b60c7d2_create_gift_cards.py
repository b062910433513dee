"""create gift cards

Revision ID: a8f13b60c7d2
Revises: f6e19c743a0b
Create Date: 2024-07-04 10:26:33.019474

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
import sqlmodel

# revision identifiers, used by Alembic.
revision: str = "a8f13b60c7d2"
down_revision: Union[str, Sequence[str], None] = "f6e19c743a0b"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "gift_cards",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("initial_cents", sa.Integer(), nullable=False),
        sa.Column("balance_cents", sa.Integer(), nullable=False),
        sa.Column("valid_during", postgresql.TSTZRANGE(), nullable=True),
        sa.ForeignKeyConstraint(["issued_by"], ["staff.id"], name=op.f("fk_gift_cards_issued_by_staff")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_gift_cards")),
    )
    op.create_index(op.f("ix_gift_cards_issued_by"), "gift_cards", ["issued_by"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("gift_cards")
