"""A comprehension over 27 million triples."""
from alembic import op
import sqlalchemy as sa
revision = "comprehension"
down_revision = None


def upgrade():
    x = [a + b + c for a in range(300) for b in range(300) for c in range(300)]
    for y in x:
        op.drop_column('t', str(y))
