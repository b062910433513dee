"""public tokens for suppliers

Revision ID: f6e19c743a0b
Revises: 52a0b8de7f13
Create Date: 2024-06-11 09:48:26.315902

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "f6e19c743a0b"
down_revision: Union[str, Sequence[str], None] = "52a0b8de7f13"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    # The supplier portal must not show our own ids.
    op.add_column(
        "suppliers",
        sa.Column("portal_token", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("suppliers", "portal_token")
