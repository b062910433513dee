-- +migrate Up notransaction
CREATE UNIQUE INDEX CONCURRENTLY people_id_idx ON people (id);

-- +migrate Down
DROP INDEX people_id_idx;
