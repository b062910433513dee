"""fill in missing references

Revision ID: ea1467d59c0b
Revises: 73b9c4f0e1d5
Create Date: 2025-01-16 09:27:05.081749

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "ea1467d59c0b"
down_revision: Union[str, Sequence[str], None] = "73b9c4f0e1d5"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


purchase_orders = sa.table(
    "purchase_orders",
    sa.column("id", sa.BigInteger()),
    sa.column("reference", sa.String()),
)


def upgrade() -> None:
    """Upgrade schema."""
    op.execute(
        purchase_orders.update()
        .where(purchase_orders.c.reference.is_(None))
        .values(reference=sa.literal("PO-") + sa.cast(purchase_orders.c.id, sa.String()))
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint("reference_present", "purchase_orders", type_="check")
    op.execute("UPDATE purchase_orders SET reference = NULL WHERE reference = 'PO-' || id")
    op.create_check_constraint(
        "reference_present", "purchase_orders", "reference IS NOT NULL", postgresql_not_valid=True
    )
