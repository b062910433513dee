"""A list that grows by one, five thousand times."""
from alembic import op
import sqlalchemy as sa
revision = "append"
down_revision = None


def upgrade():
    x = []
    for i in range(4900):
        x.append(sa.Column('c%d' % i, sa.Integer()))
    op.create_table('t', *x)
