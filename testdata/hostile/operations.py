"""Ten thousand operations from a loop."""
from alembic import op
import sqlalchemy as sa
revision = "operations"
down_revision = None


def upgrade():
    for i in range(10000):
        op.add_column('t', sa.Column(f'c{i}', sa.Integer(), nullable=False))
