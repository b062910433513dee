"""SQL inside Python strings of every kind"""
from alembic import op
from sqlalchemy import text

revision: str = "a1"
down_revision: str | None = "a0"

STATEMENT = """
    -- a comment of SQL
    UPDATE users
       SET email = lower(email)
     WHERE email <> 'it''s';
"""


def upgrade() -> None:
    op.execute("UPDATE users SET name = 'x'; DELETE FROM users")
    op.execute(
        "ALTER TABLE users "
        'ADD COLUMN "Nick" text, '
        r"ADD COLUMN age int"
    )
    op.execute('DROP INDEX\n\tusers_email_idx')
    op.execute("SELECT '\u00e9\x41\101\N{BULLET}' \
, 2")
    op.execute(STATEMENT)
    op.execute(text("UPDATE users SET a = :a WHERE b::text = 'c\\:d'").bindparams(a=1))
    conn = op.get_bind()
    conn.execute(text("DELETE FROM users WHERE id = :id"), {"id": 1})
    op.get_bind().exec_driver_sql("TRUNCATE users")
    op.execute("ALTER TABLE users DROP COLUMN a; SELEC 1; DROP TABLE b")
    op.execute("")
    op.execute("-- nothing but a comment")


def downgrade() -> None:
    """Nothing to do."""
