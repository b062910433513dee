"""Constants, enums, columns and helpers from the project's own modules"""
import shop.states as states
import sqlalchemy as sa
from alembic import op
from shop import SCHEMA, State, priced, timestamps
from shop.columns import Money, state_column
from shop.operations import drop_indexes, index_each

revision = "f006"
down_revision = "f005"
branch_labels = None
depends_on = None

TABLE = states.PREFIX + "orders"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), primary_key=True),
        priced(nullable=False),
        priced("discount", server_default="0"),
        state_column(),
        *timestamps(),
        schema=SCHEMA,
    )
    op.add_column(TABLE, sa.Column("tax", Money, nullable=True))
    op.create_check_constraint("ck_orders_open", TABLE, "tax IS NULL OR tax >= 0")
    index_each(TABLE, ["price", "tax"])
    op.execute(f"UPDATE {TABLE} SET state = '{State.CLOSED.value}' WHERE tax IS NULL")


def downgrade() -> None:
    drop_indexes(TABLE, "price", "tax")
    op.drop_table(TABLE, schema=states.SCHEMA)
    op.execute(f"DROP TYPE {states.PREFIX}state")
