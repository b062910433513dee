-- migrate:up
ALTER TABLE users ADD COLUMN name text;

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY users_id_idx;
