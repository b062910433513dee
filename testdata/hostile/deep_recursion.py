"""A function that adds a column and calls itself, for ever."""
from alembic import op
import sqlalchemy as sa
revision = "deep_recursion"
down_revision = None


def f(n):
    op.add_column('t', sa.Column('c%d' % n, sa.Integer()))
    f(n + 1)


def upgrade():
    f(0)
