"""Half of it can be read"""
from alembic import op

revision = "s1"
down_revision = None


def upgrade():
    op.drop_table("a")
    op.drop_table("b" "c" +)
    op.drop_table("d")


def downgrade():
    op.create_table("a"
