"""index stock movements by sku

Revision ID: c9384f6b01ed
Revises: 1b7d3ef8a952
Create Date: 2024-05-02 10:37:44.081296

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "c9384f6b01ed"
down_revision: Union[str, Sequence[str], None] = "1b7d3ef8a952"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_stock_movements_sku_moved_at",
            "stock_movements",
            ["sku", sa.text("moved_at DESC")],
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(
        "ix_stock_movements_sku_moved_at",
        table_name="stock_movements",
        postgresql_concurrently=True,
    )
