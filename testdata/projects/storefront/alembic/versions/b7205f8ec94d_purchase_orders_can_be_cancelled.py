"""purchase orders can be cancelled

Revision ID: b7205f8ec94d
Revises: 4ac7e9150df8
Create Date: 2024-11-12 15:50:38.624993

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "b7205f8ec94d"
down_revision: Union[str, Sequence[str], None] = "4ac7e9150df8"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE purchase_order_state ADD VALUE IF NOT EXISTS 'cancelled' AFTER 'received'")


def downgrade() -> None:
    """Downgrade schema."""
    # PostgreSQL cannot take a value out of an enum.
    pass
