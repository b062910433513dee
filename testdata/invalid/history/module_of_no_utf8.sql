# file: migrations/db/versions/a.py
from alembic import op
from shop import Index

revision = "a"
down_revision = None


def upgrade():
    op.drop_index(Index.TOTAL.value, "orders")


def downgrade():
    pass
# file: migrations/shop/__init__.py
from .heÿÿlpers import Index
