"""Column types and helpers as classes, as projects keep them."""
import enum

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, UserDefinedType


class Money(TypeDecorator):
    impl = sa.Numeric
    cache_ok = True

    def __init__(self, scale=2, **kwargs):
        super().__init__(precision=12, scale=scale, **kwargs)


class Code(TypeDecorator):
    impl = sa.String
    cache_ok = True


class LongCode(Code):
    pass


class GUID(TypeDecorator):
    """The type that SQLAlchemy's page on TypeDecorator shows."""

    impl = sa.CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(sa.CHAR(32))


class Bits(UserDefinedType):
    cache_ok = True

    def __init__(self, length, varying=False):
        self.length = length
        self.varying = varying

    def get_col_spec(self, **kw):
        return ("bit varying(%d)" if self.varying else "bit(%d)") % self.length


class Level(enum.Enum):
    LOW = "low"
    HIGH = "high"


class Columns:
    """Adds columns to a table, one after the other."""

    suffix = "_x"

    def __init__(self, table, *, nullable=True):
        self.table = table
        self.nullable = nullable
        self.names = []

    def add(self, name, type_):
        self.names.append(name)
        op.add_column(self.table, sa.Column(self.full(name), type_, nullable=self.nullable))
        return self

    def full(self, name):
        return name + self.suffix

    @property
    def count(self):
        return len(self.names)

    @classmethod
    def of(cls, table, **options):
        return cls(table, **options)

    @staticmethod
    def index(table, *columns):
        op.create_index("ix_" + "_".join([table, *columns]), table, list(columns))


class StrictColumns(Columns):
    suffix = "_s"

    def __init__(self, table):
        super().__init__(table, nullable=False)

    def add(self, name, type_):
        super().add(name, type_)
        self.index(self.table, self.full(name))
        return self
