"""Entities of alembic_utils and the enums of alembic_postgresql_enum."""
import alembic_postgresql_enum  # noqa: F401
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

from shop.entities import LOUD, loud_trigger

revision = "0007"
down_revision = "0006"

to_upper = PGFunction(
    schema="public",
    signature="toUpper(some_text text default 'a' || lower('B'), n integer DEFAULT 2)",
    definition="""
    returns text as $$
    declare
        result text := upper(some_text);
    begin
        -- 12\\:30, not 12:30
        return result || n::text;
    end;
    $$ language plpgsql;
    """,
)
nobody = PGFunction(schema="public", signature='"nobody" ()', definition="RETURNS int LANGUAGE sql AS $$ SELECT (ARRAY[1, 2])[1:2][1] $$ ;")
checked = PGTrigger(
    schema="public",
    signature="checked",
    on_entity="beta",
    is_constraint=True,
    definition="""
        AFTER INSERT ON
        beta
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION public.touch()
    """,
)
names = PGView(schema="public", signature="names", definition="SELECT name, '12\\:30'::text AS noon FROM alpha;")
counts = PGMaterializedView(schema="public", signature="counts", definition="select count(*) AS n from public.alpha;", with_data=False)
own = PGPolicy(schema="public", signature="own", on_entity="alpha", definition="AS PERMISSIVE FOR SELECT TO public USING (name = 'a:b')")
trigrams = PGExtension(schema="public", signature="pg_trgm")
reading = PGGrantTable(schema="public", table="alpha", columns=["name", "code"], role="reader", grant="SELECT", with_grant_option=True)
emptying = PGGrantTable(schema="public", table="alpha", role="reader", grant=PGGrantTableChoice.TRUNCATE)
ENTITIES = [to_upper, nobody, checked, names, counts, own]


def upgrade() -> None:
    op.create_entity(trigrams)
    for entity in ENTITIES:
        op.create_entity(entity)
    op.create_entity(LOUD)
    op.create_entity(loud_trigger("alpha"))
    op.create_entity(reading)
    op.create_entity(emptying)
    for entity in ENTITIES + [reading]:
        op.replace_entity(entity)
    op.add_enum_value(enum_schema="public", enum_name="mood", new_value="fine")
    op.add_enum_value("public", "mood", "finer", before_value="fine")
    op.sync_enum_values(
        enum_schema="public",
        enum_name="mood",
        new_values=["sad", "content"],
        affected_columns=[
            TableReference(table_schema="app", table_name="users", column_name="mood", existing_server_default="'ok'::mood"),
            TableReference(table_name="days", column_name="moods", column_type=ColumnType.ARRAY, existing_server_default="ARRAY['ok'::mood]"),
            TableReference(table_schema=None, table_name="weeks", column_name="moods", column_type=ColumnType.ARRAY, existing_server_default="'{ok}'::mood[]"),
        ],
        enum_values_to_rename=[("ok", "content")],
        indexes_to_recreate=[TableIndex(name="public.ix_ok", definition="CREATE INDEX ix_ok ON public.days (id) WHERE mood = 'ok'::mood")],
    )


def downgrade() -> None:
    op.drop_entity(emptying)
    op.drop_entity(reading)
    op.drop_entity(loud_trigger("alpha"))
    op.drop_entity(LOUD)
    for entity in reversed(ENTITIES):
        op.drop_entity(entity, cascade=True)
    op.drop_entity(trigrams)
