"""Lists in lists in a list."""
from alembic import op
import sqlalchemy as sa
revision = "nested_comprehension"
down_revision = None


def upgrade():
    x = [[[c for c in range(50)] for b in range(50)] for a in range(50)]
    op.execute(str(x))
