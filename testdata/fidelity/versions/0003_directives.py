"""every directive on columns, constraints and indexes"""
import sqlalchemy as sa
from alembic import op
from alembic.operations import ops
from sqlalchemy.dialects import postgresql

revision = "f003"
down_revision = "f002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("nick", sa.String(length=30), nullable=True), schema=None)
    op.add_column("people", sa.Column("level", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("people", sa.Column("boss_id", sa.Integer(), sa.ForeignKey("people.id", name="people_boss_fk"), nullable=True))
    op.add_column("people", sa.Column("tag", sa.String(10), index=True))
    op.add_column("people", sa.Column("extra", sa.Text()), if_not_exists=True)
    op.alter_column("people", "nick", new_column_name="nickname", existing_type=sa.String(30))
    op.alter_column("people", "nickname", type_=sa.String(60), existing_type=sa.String(30), existing_nullable=True)
    op.alter_column("people", "nickname", nullable=False, existing_type=sa.String(60), server_default="none")
    op.alter_column("people", "nickname", server_default=None)
    op.alter_column("people", "level", type_=sa.BigInteger(), postgresql_using="level::bigint")
    op.alter_column("people", "name", comment="their name", existing_comment="as written on the card")
    op.create_index("ix_people_level", "people", ["level"], unique=False)
    op.create_index(op.f("ix_people_lower"), "people", [sa.text("lower(name)"), "born"], unique=True, postgresql_where=sa.text("active"))
    op.create_index(op.f("ix_people_with_a_name_that_is_longer_than_sixty_three_characters_born"), "people", ["born"])
    op.create_index("ix_people_data", "people", ["bio"], postgresql_using="gin", postgresql_ops={"bio": "gin_trgm_ops"})
    op.create_index("ix_people_incl", "people", ["born"], postgresql_include=["name"], postgresql_with={"fillfactor": 70}, if_not_exists=True)
    op.create_index("ix_people_nulls", "people", [sa.text("seen_at DESC NULLS LAST")], postgresql_nulls_not_distinct=False)
    with op.get_context().autocommit_block():
        op.create_index("ix_people_conc", "people", ["key"], postgresql_concurrently=True, if_not_exists=True)
    op.create_unique_constraint("people_number_key", "people", ["number"])
    op.create_check_constraint("people_small_check", "people", "small > 0")
    op.create_check_constraint("people_big_check", "people", sa.column("big") > 5)
    op.create_foreign_key("pets_other_fk", "pets", "people", ["second_id"], ["id"], ondelete="RESTRICT")
    op.create_foreign_key("pets_nv_fk", "pets", "people", ["owner_id"], ["id"], postgresql_not_valid=True)
    op.create_primary_key("pairs_pk", "heap", ["a", "b"])
    op.create_exclude_constraint("people_excl", "people", ("born", "="), using="gist", where=sa.text("active"))
    op.rename_table("pets", "animals")
    op.create_table_comment("animals", "all of them", existing_comment=None)
    op.drop_table_comment("animals")
    op.execute("ALTER TABLE animals VALIDATE CONSTRAINT pets_nv_fk")
    op.execute(sa.text("UPDATE people SET level = 2 WHERE name = :name").bindparams(name="x"))
    op.invoke(ops.CreateTableOp("invoked", [sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Text(), index=True)]))
    for operation in (ops.AddColumnOp("invoked", sa.Column("b", sa.Integer())), ops.AlterColumnOp("invoked", "b", modify_nullable=False)):
        op.invoke(operation)
    op.invoke(ops.AlterColumnOp("invoked", "a", modify_type=sa.String(9), modify_name="c", modify_server_default=None))
    op.invoke(ops.CreateIndexOp("ix_invoked", "invoked", ["b", "c"], unique=True))
    op.invoke(ops.ExecuteSQLOp("UPDATE invoked SET c = 'x'"))
    op.invoke(ops.DropIndexOp(index_name="ix_invoked", table_name="invoked"))
    op.invoke(ops.DropTableOp("invoked"))


def downgrade() -> None:
    op.rename_table("animals", "pets")
    op.drop_constraint("people_excl", "people")
    op.drop_constraint("pairs_pk", "heap", type_="primary")
    op.drop_constraint("pets_nv_fk", "pets", type_="foreignkey")
    op.drop_constraint("pets_other_fk", "pets", type_="foreignkey")
    op.drop_constraint("people_big_check", "people", type_="check")
    op.drop_constraint("people_small_check", "people", type_="check", if_exists=True)
    op.drop_constraint("people_number_key", "people", type_="unique")
    with op.get_context().autocommit_block():
        op.drop_index("ix_people_conc", table_name="people", postgresql_concurrently=True, if_exists=True)
    for name in ("nulls", "incl", "data", "lower", "level"):
        op.drop_index(f"ix_people_{name}", table_name="people")
    for column in ["extra", "tag", "boss_id", "level", "nickname"]:
        op.drop_column("people", column)
