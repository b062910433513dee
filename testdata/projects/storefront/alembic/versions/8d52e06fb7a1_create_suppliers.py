"""create suppliers

Revision ID: 8d52e06fb7a1
Revises: 3f1c9a27be04
Create Date: 2024-02-13 16:40:07.552019

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
import sqlmodel

# revision identifiers, used by Alembic.
revision: str = "8d52e06fb7a1"
down_revision: Union[str, Sequence[str], None] = "3f1c9a27be04"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "suppliers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("vat_number", sa.String(length=14), nullable=True),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False),
        sa.Column("contact", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("legacy_code", sa.String(length=12), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppliers")),
        sa.UniqueConstraint("vat_number", name=op.f("uq_suppliers_vat_number")),
        comment="Who we buy from; names as in the trade register (Čokoladovna Plzeň, 株式会社…)",
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("suppliers")
