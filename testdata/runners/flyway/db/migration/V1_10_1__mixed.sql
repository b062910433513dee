SET lock_timeout = '1s';
CREATE INDEX CONCURRENTLY a_b2_idx ON a (b);
