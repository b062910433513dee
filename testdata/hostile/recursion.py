"""A function that calls itself twice, for ever."""
from alembic import op
import sqlalchemy as sa
revision = "recursion"
down_revision = None


def f(n):
    return f(n + 1) + f(n + 2)


def upgrade():
    f(0)
