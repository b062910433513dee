"""create purchase orders

Revision ID: b06e4d18c35f
Revises: 8d52e06fb7a1
Create Date: 2024-02-27 11:02:31.904477

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
import sqlmodel

# revision identifiers, used by Alembic.
revision: str = "b06e4d18c35f"
down_revision: Union[str, Sequence[str], None] = "8d52e06fb7a1"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    # The foreign keys lock suppliers and staff against writes.
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.create_table(
        "purchase_orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=False),
        sa.Column("ordered_by", postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "sent", "received", name="purchase_order_state"),
            server_default=sa.text("'draft'"),
            nullable=False,
        ),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_purchase_orders_supplier_id_suppliers")),
        sa.ForeignKeyConstraint(["ordered_by"], ["staff.id"], name=op.f("fk_purchase_orders_ordered_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_orders")),
    )
    op.create_index(op.f("ix_purchase_orders_supplier_id"), "purchase_orders", ["supplier_id"])
    op.create_index(op.f("ix_purchase_orders_ordered_by"), "purchase_orders", ["ordered_by"])
    op.create_table(
        "purchase_order_lines",
        sa.Column("purchase_order_id", sa.BigInteger(), nullable=False),
        sa.Column("line_no", sa.SmallInteger(), nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("line_price", sa.Numeric(14, 2), sa.Computed("quantity * unit_price", persisted=True), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_order_lines_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["purchase_order_id"],
            ["purchase_orders.id"],
            name=op.f("fk_purchase_order_lines_purchase_order_id_purchase_orders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("purchase_order_id", "line_no", name=op.f("pk_purchase_order_lines")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("purchase_order_lines")
    op.drop_table("purchase_orders")
    op.execute("DROP TYPE purchase_order_state")
