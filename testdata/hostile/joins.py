"""A long list, joined four thousand times."""
from alembic import op
import sqlalchemy as sa
revision = "joins"
down_revision = None


def upgrade():
    parts = ['a'] * 4000
    for i in range(4000):
        op.execute('SELECT ' + ', '.join(parts))
