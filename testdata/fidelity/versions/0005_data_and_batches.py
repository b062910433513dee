"""SQLAlchemy Core, bulk inserts, batch mode"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f005"
down_revision = "f004"
branch_labels = None
depends_on = None


people = sa.table("people", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("level", sa.Integer))
animals = sa.Table("animals", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("owner_id", sa.Integer))


def upgrade() -> None:
    op.bulk_insert(people, [{"id": 1, "name": "a", "level": 1}, {"id": 2, "name": "b", "level": 1}])
    op.execute(people.insert().values(id=3, name="c", level=0))
    op.execute(people.update().where(people.c.id == 3).values(level=4))
    op.execute(sa.update(people).values({"level": 1}))
    op.execute(people.delete().where(sa.and_(people.c.level == 1, people.c.name == "a")))
    op.execute(sa.delete(animals).where(animals.c.owner_id.in_([1, 2])))
    op.execute(people.update().where(people.c.id.in_(sa.select(animals.c.owner_id))).values(level=9))
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM animals WHERE owner_id IS NULL"))
    with op.batch_alter_table("people") as batch:
        batch.add_column(sa.Column("batched", sa.Integer(), nullable=True))
        batch.alter_column("level", nullable=True, existing_type=sa.BigInteger())
        batch.create_index("ix_people_batched", ["batched"])
        batch.create_unique_constraint("uq_people_batched", ["batched"])
        batch.create_foreign_key("fk_people_batched", "animals", ["batched"], ["id"])
    with op.batch_alter_table("pairs", schema="other") as batch:
        batch.drop_column("b")


def downgrade() -> None:
    with op.batch_alter_table("pairs", schema="other") as batch:
        batch.add_column(sa.Column("b", sa.Integer()))
    with op.batch_alter_table("people", schema=None) as batch:
        batch.drop_constraint("fk_people_batched", type_="foreignkey")
        batch.drop_constraint("uq_people_batched", type_="unique")
        batch.drop_index("ix_people_batched")
        batch.drop_column("batched")
