"""create loyalty accounts

Revision ID: 07c5d2a96e8f
Revises: f6e19c743a0b
Create Date: 2024-07-02 14:12:50.640338

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
import sqlmodel

# revision identifiers, used by Alembic.
revision: str = "07c5d2a96e8f"
down_revision: Union[str, Sequence[str], None] = "f6e19c743a0b"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "loyalty_accounts",
        sa.Column("customer_public_id", postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column("tier", sqlmodel.sql.sqltypes.AutoString(length=16), server_default="blå", nullable=False),
        sa.Column("points", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("joined_on", sa.Date(), server_default=sa.func.current_date(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_loyalty_accounts_points_not_negative")),
        sa.PrimaryKeyConstraint("customer_public_id", name=op.f("pk_loyalty_accounts")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("loyalty_accounts")
