BEGIN;
SET LOCAL lock_timeout = '3s';

CREATE SCHEMA audit;

CREATE TABLE audit.row_changes (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name  text NOT NULL,
    action      text NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
    row_before  jsonb,
    row_after   jsonb,
    changed_by  text NOT NULL DEFAULT current_user,
    changed_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX row_changes_changed_at_idx ON audit.row_changes USING brin (changed_at);

CREATE FUNCTION audit.record_change() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, audit
AS $$
BEGIN
    INSERT INTO audit.row_changes (table_name, action, row_before, row_after)
    VALUES (
        TG_TABLE_NAME,
        TG_OP,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
        CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END
    );
    RETURN NULL;
END;
$$;

-- One trigger for each table that the auditors asked for.
DO $do$
DECLARE
    audited text;
BEGIN
    FOREACH audited IN ARRAY ARRAY['customers', 'orders', 'payments'] LOOP
        EXECUTE format(
            'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION audit.record_change()',
            audited || '_audit', audited
        );
    END LOOP;
END
$do$;

COMMIT;
