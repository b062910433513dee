"""Entities that revisions import, as projects keep them beside their models."""
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_trigger import PGTrigger

SCHEMA = "public"

LOUD = PGFunction(
    schema=SCHEMA,
    signature="loud()",
    definition=f"RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$ SET search_path = {SCHEMA}",
)


def loud_trigger(table: str) -> PGTrigger:
    return PGTrigger(
        schema=SCHEMA,
        signature=f"{table}_loud",
        on_entity=f"{SCHEMA}.{table}",
        definition=f"BEFORE UPDATE OF name ON {SCHEMA}.{table} FOR EACH ROW EXECUTE FUNCTION loud()",
    )
