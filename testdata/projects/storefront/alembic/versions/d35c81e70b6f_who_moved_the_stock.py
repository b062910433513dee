"""who moved the stock

Revision ID: d35c81e70b6f
Revises: 91d0f5e3a86c
Create Date: 2024-10-01 09:05:57.392845

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "d35c81e70b6f"
down_revision: Union[str, Sequence[str], None] = "91d0f5e3a86c"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_foreign_key(
        op.f("fk_stock_movements_moved_by_staff"),
        "stock_movements",
        "staff",
        ["moved_by"],
        ["id"],
        postgresql_not_valid=True,
    )
    op.execute("ALTER TABLE stock_movements VALIDATE CONSTRAINT fk_stock_movements_moved_by_staff")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint(op.f("fk_stock_movements_moved_by_staff"), "stock_movements", type_="foreignkey")
