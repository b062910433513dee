"""A billion rounds of three loops."""
from alembic import op
import sqlalchemy as sa
revision = "nested_loops"
down_revision = None


def upgrade():
    x = 0
    for a in range(1000):
        for b in range(1000):
            for c in range(1000):
                x += a * b * c
    op.add_column('t', sa.Column(str(x), sa.Integer()))
