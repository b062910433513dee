"""A function that calls itself on both sides of a test that cannot be told."""
from alembic import op
import sqlalchemy as sa
revision = "branch_tree"
down_revision = None


import os


def f(n):
    if os.environ.get('X'):
        f(n + 1)
    else:
        f(n + 2)


def upgrade():
    f(0)
