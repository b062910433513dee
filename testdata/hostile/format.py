"""A long text, formatted a thousand times."""
from alembic import op
import sqlalchemy as sa
revision = "format"
down_revision = None


def upgrade():
    s = 'x' * 100000
    for i in range(1000):
        op.execute('SELECT {0}{0}{0}'.format(s))
