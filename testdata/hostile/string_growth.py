"""A string that doubles a thousand times."""
from alembic import op
import sqlalchemy as sa
revision = "string_growth"
down_revision = None


def upgrade():
    s = 'x'
    for i in range(1000):
        s = s + s
    op.execute(s)
