CREATE INDEX CONCURRENTLY user_id_idx ON user_ (id);
