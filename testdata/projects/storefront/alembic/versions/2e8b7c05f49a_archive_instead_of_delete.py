"""archive instead of delete

Revision ID: 2e8b7c05f49a
Revises: 6d94e2b17c50
Create Date: 2024-08-20 12:58:01.173264

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "2e8b7c05f49a"
down_revision: Union[str, Sequence[str], None] = "6d94e2b17c50"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

# What clerks may archive; everything else is deleted for good.
ARCHIVABLE = ("suppliers", "purchase_orders", "tickets", "gift_cards")


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    for table in ARCHIVABLE:
        op.add_column(table, sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(f"COMMENT ON COLUMN {table}.archived_at IS 'null while in use'")


def downgrade() -> None:
    """Downgrade schema."""
    for table in reversed(ARCHIVABLE):
        op.drop_column(table, "archived_at")
