"""The difference of two large sets."""
from alembic import op
import sqlalchemy as sa
revision = "sets"
down_revision = None


def upgrade():
    a = {str(i) for i in range(4000)}
    b = set(str(i) for i in range(900))
    for x in a - b:
        op.drop_column('t', x)
