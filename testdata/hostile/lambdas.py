"""Functions of functions, 2 to the power of 30 calls."""
from alembic import op
import sqlalchemy as sa
revision = "lambdas"
down_revision = None


def upgrade():
    f = lambda g: lambda x: g(g(x))
    inc = lambda x: x + 1
    for i in range(30):
        inc = f(inc)
    op.execute(str(inc(0)))
