---- tern: disable-tx ----
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
---- create above / drop below ----
DROP INDEX a_id_idx;
