"""Every directive

Revision ID: 5f
"""
from alembic import op
from alembic.operations import ops
import sqlalchemy as sa
import sqlmodel
from sqlalchemy import func, text
from sqlalchemy.dialects import postgresql

revision = "5f"
down_revision = None


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False, unique=True, index=True),
        sa.Column("role", sa.Enum("admin", "member", name="role"), server_default="member", nullable=False),
        sa.Column("other_role", sa.Enum("admin", "member", name="role")),
        sa.Column("ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}"),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("team.id", ondelete="CASCADE", onupdate="SET NULL", name="fk_team"), unique=True),
        sa.Column("made", sa.DateTime(timezone=True), server_default=sa.func.now(), comment="when"),
        sa.Column("changed", postgresql.TIMESTAMP(timezone=True, precision=3), server_default=text("CURRENT_TIMESTAMP")),
        sa.Column("ok", sa.Boolean(), server_default=sa.true()),
        sa.Column("price", sa.Numeric(10, 2), sa.CheckConstraint("price > 0", name="price_positive")),
        sa.Column("f", sa.Float(), nullable=True), sa.Column("f2", sa.Float(precision=20)), sa.Column("d", sa.Double()),
        sa.Column("i", sa.Interval()), sa.Column("i2", postgresql.INTERVAL(fields="DAY TO SECOND")), sa.Column("t", sa.Time()),
        sa.Column("b", sa.LargeBinary()), sa.Column("j", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'::jsonb")),
        sa.Column("u", sa.Uuid(), server_default=sa.text("gen_random_uuid()")), sa.Column("u2", postgresql.UUID(as_uuid=True)),
        sa.Column("c", sa.CHAR(3)), sa.Column("c1", sa.CHAR()), sa.Column("bits", postgresql.BIT(4)), sa.Column("bv", postgresql.BIT(varying=True)),
        sa.Column("r", postgresql.TSTZRANGE()), sa.Column("ts", postgresql.TSVECTOR()), sa.Column("v", sa.VARCHAR()),
        sa.Column("g", sa.Integer(), sa.Computed("id * 2", persisted=True)),
        sa.Column("e3", sa.Enum("long", "x", name="e3", native_enum=False)),
        sa.Column("col", sa.String(collation="C"), server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", "role", name="uq", postgresql_nulls_not_distinct=True),
        sa.ForeignKeyConstraint(["ok", "u"], ["s.other.a", "s.other.b"], name=op.f("fk_o"), deferrable=True, initially="DEFERRED"),
        postgresql.ExcludeConstraint((sa.column("r"), "&&"), using="gist", name="excl"),
        sa.Index("ix_lower", sa.text("lower(email)"), unique=True),
        comment="accounts",
    )
    op.create_table("two", sa.Column("a", sa.BigInteger(), primary_key=True), sa.Column("b", sa.Integer(), primary_key=True), schema="s")
    op.create_table("ident", sa.Column("a", sa.BigInteger(), sa.Identity(always=True), primary_key=True), if_not_exists=True)
    op.create_table("part", sa.Column("a", sa.Date(), nullable=False), postgresql_partition_by="RANGE (a)")
    op.rename_table("old", "new", schema="s")
    op.add_column("account", sa.Column("x", sa.Integer(), sa.ForeignKey("team.id"), nullable=False, index=True, server_default="0", comment="it's"))
    op.add_column("account", sa.Column("y", sa.String(), unique=True), schema="s", if_not_exists=True)
    op.add_column("account", sa.Column("z", sa.Integer(), primary_key=True))
    op.drop_column("account", "x", if_exists=True)
    op.alter_column("account", "y", nullable=False, server_default=None, type_=sa.Text(), new_column_name="yy", comment="c",
                    existing_type=sa.String(), postgresql_using="y::text")
    op.alter_column("account", "yy", server_default=sa.text("now()"))
    op.alter_column("account", "yy", server_default="x", existing_nullable=False)
    op.alter_column("account", "z", server_default=sa.Identity(always=True))
    op.alter_column("account", "z", server_default=None, existing_server_default=sa.Identity())
    op.alter_column("account", "yy", nullable=True, comment=None, schema="s")
    op.create_index("ix_1", "account", ["a", sa.text("b DESC"), sa.text("lower(c)"), sa.column("d").desc().nullslast(), func.lower(sa.column("e"))], unique=True,
                    postgresql_where=sa.text("a > 1"), postgresql_include=["f"], postgresql_with={"fillfactor": 70})
    op.create_index(op.f("ix_2"), "account", ["j"], postgresql_using="gin", postgresql_ops={"j": "jsonb_path_ops"}, if_not_exists=True)
    with op.get_context().autocommit_block():
        op.create_index("ix_3", "account", ["a"], postgresql_concurrently=True)
        op.drop_index("ix_4", table_name="account", postgresql_concurrently=True, if_exists=True, schema="s")
    op.create_index(None, "account", ["b"])
    op.create_primary_key("pk", "t", ["a", "b"])
    op.create_foreign_key(None, "t", "u", ["a"], ["b"], ondelete="RESTRICT", source_schema="s", referent_schema="v", postgresql_not_valid=True)
    op.create_unique_constraint(None, "t", ["a"], schema="s", deferrable=True)
    op.create_check_constraint("ck", "t", "a > 1")
    op.create_check_constraint("ck2", "t", sa.and_(sa.column("a", sa.Integer()) > 1, sa.column("b").is_(None)), postgresql_not_valid=True)
    op.create_exclude_constraint("ex", "t", ("period", "&&"), ("room", "="), where="a > 1", using="gist")
    op.drop_constraint("ck", "t", type_="check", schema="s")
    op.drop_constraint("ck", "t", if_exists=True)
    op.create_table_comment("t", "words", schema="s")
    op.drop_table_comment("t")
    op.bulk_insert(sa.table("t", sa.column("a", sa.Integer())), [{"a": 1}, {"a": 2}])
    op.execute("UPDATE t SET a = 1; DELETE FROM u")
    op.execute(sa.text("SELECT 1"))
    t = sa.table("t", sa.column("a", sa.Integer()), sa.column("b", sa.Integer()))
    op.execute(t.update().where(t.c.a == 1).values(b=2))
    op.execute(sa.update(t).values({"b": 2}))
    op.execute(sa.delete(t).where(sa.and_(t.c.a > 1, t.c.b != None)))
    op.execute(t.insert().values(a=1, b=2))
    with op.batch_alter_table("t", schema="s") as batch_op:
        batch_op.add_column(sa.Column("q", sa.Integer(), nullable=True))
        batch_op.alter_column("q", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key("fkq", "u", ["q"], ["id"], ondelete="CASCADE")
        batch_op.create_unique_constraint(batch_op.f("uqq"), ["q"])
        batch_op.create_index("ixq", ["q"], unique=True)
        batch_op.drop_index("ixq")
        batch_op.drop_constraint("uqq", type_="unique")
        batch_op.drop_column("q")
    sa.Enum("a", "b", name="mood").create(op.get_bind(), checkfirst=False)
    postgresql.ENUM(name="mood").drop(op.get_bind(), checkfirst=False)
    op.drop_index("ix_1")
    op.drop_table("account", schema="s", if_exists=True)
    op.invoke(ops.CreateTableOp("made", [sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Text())], schema="s", comment="objects"))
    for operation in (ops.AddColumnOp("made", sa.Column("b", sa.Integer()), schema="s"), ops.AlterColumnOp("made", "b", schema="s", modify_nullable=False)):
        op.invoke(operation)
    op.invoke(ops.AlterColumnOp("made", "a", modify_type=sa.String(9), modify_name="c", modify_server_default=None, schema="s"))
    op.invoke(ops.DropTableOp(table_name="made", schema="s"))
    op.invoke(ops.CreateTableOp("unsaid", columns()))
    op.invoke(PostponedOp("made"))


def downgrade():
    raise NotImplementedError("no way back")
