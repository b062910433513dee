"""Windows"""
from alembic import op

revision = "w1"
down_revision = None


def upgrade():
	op.execute("""
		DROP TABLE a;
		DROP TABLE b
	""")  # whimbrel: ignore drop-table (gone)


def downgrade():
	pass
