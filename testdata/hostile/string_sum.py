"""One long SQL text out of four thousand pieces."""
from alembic import op
import sqlalchemy as sa
revision = "string_sum"
down_revision = None


def upgrade():
    s = ''
    for i in range(4000):
        s += 'ALTER TABLE t ADD COLUMN c%d int; ' % i
    op.execute(s)
