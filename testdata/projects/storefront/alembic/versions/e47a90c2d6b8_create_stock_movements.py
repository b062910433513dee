"""create stock movements

Revision ID: e47a90c2d6b8
Revises: b06e4d18c35f
Create Date: 2024-03-19 08:55:40.226713

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision: str = "e47a90c2d6b8"
down_revision: Union[str, Sequence[str], None] = "b06e4d18c35f"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "stock_movements",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("purchase_order_id", sa.BigInteger(), nullable=True),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("moved_at", sa.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_order_id"], ["purchase_orders.id"], name=op.f("fk_stock_movements_purchase_order_id_purchase_orders")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movements")),
    )
    op.create_index(
        "ix_stock_movements_purchase_order_id",
        "stock_movements",
        ["purchase_order_id"],
        postgresql_where=sa.text("purchase_order_id IS NOT NULL"),
    )
    op.create_index("ix_stock_movements_details", "stock_movements", ["details"], postgresql_using="gin")


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index("ix_stock_movements_details", table_name="stock_movements", postgresql_using="gin")
    op.drop_index("ix_stock_movements_purchase_order_id", table_name="stock_movements")
    op.drop_table("stock_movements")
