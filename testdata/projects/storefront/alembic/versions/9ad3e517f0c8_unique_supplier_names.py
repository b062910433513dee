"""unique supplier names

Revision ID: 9ad3e517f0c8
Revises: c40d7b9e8f26
Create Date: 2025-04-15 16:01:34.902715

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "9ad3e517f0c8"
down_revision: Union[str, Sequence[str], None] = "c40d7b9e8f26"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.get_context().autocommit_block():
        op.create_index("uq_suppliers_name", "suppliers", ["name"], unique=True, postgresql_concurrently=True)
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.execute(
        "ALTER TABLE suppliers "
        "ADD CONSTRAINT uq_suppliers_name UNIQUE USING INDEX uq_suppliers_name"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_constraint("uq_suppliers_name", "suppliers", type_="unique")
