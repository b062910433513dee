"""A dictionary that grows by one, four thousand times."""
from alembic import op
import sqlalchemy as sa
revision = "dictionary"
down_revision = None


def upgrade():
    d = {}
    for i in range(4000):
        d[str(i)] = i
    for k, v in d.items():
        op.execute(f'SELECT {k}, {v}')
