"""create support tickets

Revision ID: 1b7d3ef8a952
Revises: e47a90c2d6b8
Create Date: 2024-04-09 13:21:18.730055

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
import sqlmodel

# revision identifiers, used by Alembic.
revision: str = "1b7d3ef8a952"
down_revision: Union[str, Sequence[str], None] = "e47a90c2d6b8"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("SET LOCAL lock_timeout = '4s'")
    topics = op.create_table(
        "ticket_topics",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_topics")),
        sa.UniqueConstraint("slug", name=op.f("uq_ticket_topics_slug")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("topic_id", sa.SmallInteger(), sa.ForeignKey("ticket_topics.id"), nullable=False, index=True),
        sa.Column("assignee_id", sa.Uuid(), sa.ForeignKey("staff.id", ondelete="SET NULL"), nullable=True, index=True),
        sa.Column("customer_email", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.bulk_insert(
        topics,
        [
            {"id": 1, "slug": "delivery", "title": "Delivery"},
            {"id": 2, "slug": "refund", "title": "Refund"},
            {"id": 3, "slug": "defect", "title": "Défaut / Mängel / Defect"},
        ],
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("tickets")
    op.drop_table("ticket_topics")
