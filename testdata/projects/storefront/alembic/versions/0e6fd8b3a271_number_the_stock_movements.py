"""number the stock movements

Revision ID: 0e6fd8b3a271
Revises: b7205f8ec94d
Create Date: 2024-12-03 10:19:46.255038

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "0e6fd8b3a271"
down_revision: Union[str, Sequence[str], None] = "b7205f8ec94d"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    # The accountants want gapless-looking numbers in their exports.
    op.add_column(
        "stock_movements",
        sa.Column("movement_no", sa.BigInteger(), sa.Identity(always=True, start=100000), nullable=False),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("stock_movements", "movement_no")
