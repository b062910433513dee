"""Types that a project makes itself: with arguments, by the dialect, by a name of their own"""
import os

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, UserDefinedType

revision = "t1"
down_revision = None


class Money(TypeDecorator):
    impl = sa.Numeric

    def __init__(self, scale=2, **kwargs):
        super().__init__(precision=12, scale=scale, **kwargs)


class Code(TypeDecorator):
    impl = sa.String


class Fixed(TypeDecorator):
    impl = sa.String(36)


class GUID(TypeDecorator):
    impl = sa.CHAR

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(sa.CHAR(32))


class Vector(UserDefinedType):
    def __init__(self, dim):
        self.dim = dim

    def get_col_spec(self, **kw):
        return f"VECTOR({self.dim})"


class Secret(UserDefinedType):
    def get_col_spec(self):
        return os.environ["SECRET_TYPE"]


class Local(sa.Enum):
    pass


def upgrade():
    op.create_table(
        "t",
        sa.Column("a", Money()),
        sa.Column("b", Money(4)),
        sa.Column("c", Code(length=8)),
        sa.Column("d", Code),
        sa.Column("e", Fixed(8)),
        sa.Column("f", GUID),
        sa.Column("g", GUID()),
        sa.Column("h", Vector(3)),
        sa.Column("i", Secret()),
        sa.Column("j", Local("x", "y", name="local")),
    )
    op.alter_column("t", "a", type_=GUID)
    op.create_exclude_constraint("t_excl", "t", ("a", "="), ("c", "&&"), using="gist", where=sa.text("d IS NOT NULL"), ops={"c": "gist_trgm_ops"})


def downgrade():
    pass
