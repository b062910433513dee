"""The same statement, more than five thousand times."""
from alembic import op
import sqlalchemy as sa
revision = "same_sql"
down_revision = None


def upgrade():
    for i in range(5100):
        op.execute("UPDATE t SET a = 1, b = 2 WHERE c IN (1, 2, 3, 4, 5)")
