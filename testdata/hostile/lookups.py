"""Two thousand look-ups in a list of two thousand names."""
from alembic import op
import sqlalchemy as sa
revision = "lookups"
down_revision = None


NAMES = ['n%d' % i for i in range(2000)]


def upgrade():
    for i in range(2000):
        if 'n%d' % i in NAMES:
            op.drop_column('t', 'n%d' % i)
