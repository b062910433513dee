"""longer names for staff and gift cards

Revision ID: 91d0f5e3a86c
Revises: 2e8b7c05f49a
Create Date: 2024-09-10 16:44:29.506117

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
import sqlmodel

# revision identifiers, used by Alembic.
revision: str = "91d0f5e3a86c"
down_revision: Union[str, Sequence[str], None] = "2e8b7c05f49a"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.alter_column(
        "staff",
        "display_name",
        existing_type=sqlmodel.sql.sqltypes.AutoString(length=120),
        type_=sa.String(length=200),
        existing_nullable=False,
    )
    with op.batch_alter_table("gift_cards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=True))
        batch_op.alter_column("initial_cents", existing_type=sa.Integer(), server_default=sa.text("0"))


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table("gift_cards", schema=None) as batch_op:
        batch_op.alter_column("initial_cents", existing_type=sa.Integer(), server_default=None)
        batch_op.drop_column("note")
    op.alter_column(
        "staff",
        "display_name",
        existing_type=sa.String(length=200),
        type_=sqlmodel.sql.sqltypes.AutoString(length=120),
        existing_nullable=False,
    )
