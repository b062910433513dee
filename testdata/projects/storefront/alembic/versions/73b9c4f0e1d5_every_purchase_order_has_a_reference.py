"""every purchase order has a reference

Revision ID: 73b9c4f0e1d5
Revises: 0e6fd8b3a271
Create Date: 2025-01-14 13:08:22.910467

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "73b9c4f0e1d5"
down_revision: Union[str, Sequence[str], None] = "0e6fd8b3a271"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_check_constraint(
        "reference_present",
        "purchase_orders",
        "reference IS NOT NULL",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint("reference_present", "purchase_orders", type_="check")
