"""Classes of the file and of the project: static, class and instance methods, records, types with arguments of their own."""
import dataclasses
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

from shop import types
from shop.types import GUID, Bits, Code, Columns, Level, LongCode, Money, StrictColumns

revision = "0008"
down_revision = "0007"


class Names:
    table = "classy"

    @staticmethod
    def index(column):
        return f"ix_{Names.table}_{column}"

    @classmethod
    def constraint(cls, *columns):
        return "_".join(["uq", cls.table, *columns])


class OtherNames(Names):
    table = "classy_too"


@dataclass
class Spec:
    name: str
    type: sa.types.TypeEngine
    nullable: bool = True

    def column(self):
        return sa.Column(self.name, self.type, nullable=self.nullable)


class Pair(NamedTuple):
    table: str
    column: str = "id"


@dataclasses.dataclass(repr=False)
class LongSpec(Spec):
    comment: str = "none"


SPECS = [Spec("a", sa.Integer()), Spec("b", sa.String(5), nullable=False), LongSpec("c", Money(), comment="what it costs")]
PAIRS = [Pair("classy"), Pair(column="a", table="classy_too")]


def upgrade() -> None:
    op.create_table(Names.table, sa.Column("id", sa.Integer(), primary_key=True), *[spec.column() for spec in SPECS])
    op.create_table(OtherNames.table, sa.Column("id", GUID(), primary_key=True), sa.Column("a", GUID), sa.Column("code", types.Code(8)))
    op.create_index(Names.index("a"), Names.table, ["a"])
    op.create_unique_constraint(Names.constraint("a", "b"), Names.table, ["a", "b"])
    op.create_unique_constraint(OtherNames.constraint("a"), OtherNames.table, ["a"])
    for pair in PAIRS:
        op.execute(f"COMMENT ON COLUMN {pair.table}.{pair.column} IS '{SPECS[2].comment}'")
    columns = Columns(Names.table)
    columns.add("price", Money(4)).add("code", Code(length=16)).add("long", LongCode(32)).add("plain", Code())
    columns.add("bits", Bits(8)).add("more", Bits(9, varying=True))
    op.execute(f"SELECT {columns.count}")
    Columns.of(OtherNames.table, nullable=False).add("n", sa.Integer())
    Columns.index(OtherNames.table, "n_x")
    StrictColumns(OtherNames.table).add("m", sa.Integer())
    op.execute(f"UPDATE classy SET b = '{Level('high').name}' WHERE b = '{Level.LOW.value}'")
    op.alter_column("classy", "b", type_=Code(7))


def downgrade() -> None:
    for names in (OtherNames, Names):
        op.drop_table(names.table)
