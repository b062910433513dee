"""With a byte order mark"""
from alembic import op
revision = "bom"
down_revision = None
# whimbrel: ignore-file drop-table (old)
def upgrade():
    op.drop_table("a")
