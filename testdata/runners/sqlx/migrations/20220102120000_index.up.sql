-- no-transaction
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
