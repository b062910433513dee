"""What plugins add: entities of alembic_utils, and enums that alembic_postgresql_enum makes anew."""
from alembic import op
from alembic_postgresql_enum import ColumnType, TableReference
from alembic_postgresql_enum.sql_commands.indexes import TableIndex
from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_grant_table import PGGrantTable, PGGrantTableChoice
from alembic_utils.pg_materialized_view import PGMaterializedView
from alembic_utils.pg_policy import PGPolicy
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.pg_view import PGView

revision = "plugins"
down_revision = None

touch = PGFunction(
    schema="public",
    signature="touch(since timestamptz DEFAULT now(), n integer DEFAULT power(2, 3))",
    definition="RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
)
on_users = PGTrigger(schema="app", signature="touched", on_entity="app.users", definition="BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()")
mails = PGView(schema="app", signature="mails", definition="SELECT email FROM app.users")
totals = PGMaterializedView(schema="app", signature="totals", definition="SELECT count(*) AS n FROM app.users", with_data=False)
own = PGPolicy(schema="app", signature="own", on_entity="app.users", definition="FOR SELECT USING (true)")
reading = PGGrantTable(schema="app", table="users", columns=["name", "email"], role="reader", grant="SELECT", with_grant_option=True)
emptying = PGGrantTable(schema="app", table="users", role="reader", grant=PGGrantTableChoice.TRUNCATE)
trigrams = PGExtension(schema="public", signature="pg_trgm")


def upgrade() -> None:
    op.create_entity(trigrams)
    op.create_entity(touch)
    op.create_entity(on_users)
    op.create_entity(mails)
    op.create_entity(totals)
    op.create_entity(own)
    op.replace_entity(touch)
    op.replace_entity(on_users)
    op.replace_entity(mails)
    op.replace_entity(totals)
    op.replace_entity(own)
    op.replace_entity(trigrams)
    op.create_entity(reading)
    op.replace_entity(emptying)
    op.add_enum_value("public", "mood", "fine", before_value="ok")
    op.sync_enum_values(
        enum_schema="public",
        enum_name="mood",
        new_values=["sad", "content"],
        affected_columns=[
            TableReference(table_schema="app", table_name="users", column_name="mood", existing_server_default="'ok'::mood"),
            TableReference(table_name="days", column_name="moods", column_type=ColumnType.ARRAY),
            ("nights", "mood"),
        ],
        enum_values_to_rename=[("ok", "content")],
        indexes_to_recreate=[TableIndex("public.ix_ok", "CREATE INDEX ix_ok ON days (id) WHERE mood = 'ok'::mood")],
    )
    op.create_entity(SOMETHING)


def downgrade() -> None:
    for entity in (own, totals, mails, on_users, touch, trigrams):
        op.drop_entity(entity)
    op.drop_entity(mails, cascade=True)
    op.drop_entity(reading)
