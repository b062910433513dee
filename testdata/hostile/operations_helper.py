"""Eight thousand operations from a helper with splats."""
from alembic import op
import sqlalchemy as sa
revision = "operations_helper"
down_revision = None


def add(table, *names, **kw):
    for name in names:
        op.add_column(table, sa.Column(name, sa.String(20), server_default=sa.text('now()'), **kw))


def upgrade():
    for i in range(2000):
        add('t', *[f'a{i}', f'b{i}', f'c{i}', f'd{i}'], nullable=True)
