"""index stock movements by staff

Revision ID: 4ac7e9150df8
Revises: d35c81e70b6f
Create Date: 2024-10-22 11:33:15.748201

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "4ac7e9150df8"
down_revision: Union[str, Sequence[str], None] = "d35c81e70b6f"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_stock_movements_moved_by"),
            "stock_movements",
            ["moved_by"],
            unique=False,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def downgrade() -> None:
    """Downgrade schema."""
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_stock_movements_moved_by"),
            table_name="stock_movements",
            postgresql_concurrently=True,
            if_exists=True,
        )
