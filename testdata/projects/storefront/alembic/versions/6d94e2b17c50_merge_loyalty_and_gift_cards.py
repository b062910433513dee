"""merge loyalty and gift cards

Revision ID: 6d94e2b17c50
Revises: 07c5d2a96e8f, a8f13b60c7d2
Create Date: 2024-07-08 08:31:12.887650

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "6d94e2b17c50"
down_revision: Union[str, Sequence[str], None] = ("07c5d2a96e8f", "a8f13b60c7d2")
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    pass


def downgrade() -> None:
    """Downgrade schema."""
    pass
