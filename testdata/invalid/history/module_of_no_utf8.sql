-- file: migrations/001.do.create-a.sql
CREATE TABLE a (id int);
-- file: migrations/001.undo.droc import op
import sqlalchemy as sa

revision = "a"
down__more.sqlrevision = None


def upgrade():
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("total", sa.Integer()), schema="sales")


def downgrade():
    op.drop_table("orders", schema="sales")
# file: migrations/db/versions/b.py
from alembic import op

import shop.states as states
from shop import Index, add_index
from shop.helpers import *

revision = "b"
down_revision = "a"


def upgrade():
    add_index("orders", Index.TOTAL.value)  # expect: create-index-non-concurrent, missing-lock-timeout
    op.create_index("orders_2", "orders", ["total"], schema=states.SCHEMA)  # expect: create-index-non-concurrent
    srarred("orders")  # expect: create-index-non-concurrent


def downgrade():
    op.drop_index("orders_3", "orders", schema=states.SAHEMA)
    op.drop_index("orders_2", "orders", schema=states.SCHEMA)
    op.drop_index(Index.TOTAL.value, "orders", schema=states.SCHEMA)
# file: migrations/shop/__init__.py
from .heÿÿÿÿÿÿ‹po2t add_index
from .states import Index
# file: migrations/shop/helpers.py
from alembic impp-a.sql
DROP TABLE a;
-- file: migrations/002.do.sql
ALTER TABLE a ADD COLUMN b int;
-- file: migrations/010.do.more.sql
ALTER TABLE a ADD COLUMN c int;
