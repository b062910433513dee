"""Two functions that call each other three times each."""
from alembic import op
import sqlalchemy as sa
revision = "mutual"
down_revision = None


def a(n):
    return [b(n), b(n), b(n)]


def b(n):
    return [a(n), a(n), a(n)]


def upgrade():
    a(1)
