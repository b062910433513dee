"""A list that holds itself twice, again and again."""
from alembic import op
import sqlalchemy as sa
revision = "list_growth"
down_revision = None


def upgrade():
    x = [1]
    for i in range(4000):
        x.append([x, x])
    op.execute(str(x))
