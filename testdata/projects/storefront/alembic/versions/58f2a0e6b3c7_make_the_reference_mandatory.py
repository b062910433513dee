"""make the reference mandatory

Revision ID: 58f2a0e6b3c7
Revises: ea1467d59c0b
Create Date: 2025-01-21 14:36:58.437120

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "58f2a0e6b3c7"
down_revision: Union[str, Sequence[str], None] = "ea1467d59c0b"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE purchase_orders VALIDATE CONSTRAINT reference_present")
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.alter_column("purchase_orders", "reference", existing_type=sa.String(length=40), nullable=False)
    op.drop_constraint("reference_present", "purchase_orders", type_="check")


def downgrade() -> None:
    """Downgrade schema."""
    op.create_check_constraint("reference_present", "purchase_orders", "reference IS NOT NULL")
    op.alter_column("purchase_orders", "reference", existing_type=sa.String(length=40), nullable=True)
