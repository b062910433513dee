"""touch purchase orders on change

Revision ID: 52a0b8de7f13
Revises: c9384f6b01ed
Create Date: 2024-05-21 15:09:03.467821

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "52a0b8de7f13"
down_revision: Union[str, Sequence[str], None] = "c9384f6b01ed"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.add_column("purchase_orders", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        """
        CREATE FUNCTION touch_changed_at() RETURNS trigger
        LANGUAGE plpgsql AS $body$
        BEGIN
            NEW.changed_at := clock_timestamp();  -- not now(): a batch is one transaction
            RETURN NEW;
        END;
        $body$
        """
    )
    op.execute(
        "CREATE TRIGGER purchase_orders_touch_changed_at "
        "BEFORE UPDATE ON purchase_orders "
        "FOR EACH ROW EXECUTE FUNCTION touch_changed_at()"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.execute("DROP TRIGGER purchase_orders_touch_changed_at ON purchase_orders")
    op.execute("DROP FUNCTION touch_changed_at()")
    op.drop_column("purchase_orders", "changed_at")
