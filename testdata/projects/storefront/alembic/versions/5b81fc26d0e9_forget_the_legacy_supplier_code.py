"""forget the legacy supplier code

Revision ID: 5b81fc26d0e9
Revises: 9ad3e517f0c8
Create Date: 2025-05-20 11:14:47.338256

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "5b81fc26d0e9"
down_revision: Union[str, Sequence[str], None] = "9ad3e517f0c8"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    op.drop_column("suppliers", "legacy_code")


def downgrade() -> None:
    """Downgrade schema."""
    op.add_column("suppliers", sa.Column("legacy_code", sa.String(length=12), nullable=True))
