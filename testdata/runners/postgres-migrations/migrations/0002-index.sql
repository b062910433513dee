-- postgres-migrations disable-transaction
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
