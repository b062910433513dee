--! Previous: sha1:abc
--! Hash: sha1:def
--! no-transaction
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
