"""A loop that never ends, with a statement in each round."""
from alembic import op
import sqlalchemy as sa
revision = "while_true"
down_revision = None


def upgrade():
    n = 0
    while True:
        n += 1
        op.execute('SELECT %d' % n)
