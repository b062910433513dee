-- A file that is sent as one simple query: a single statement runs alone, several are one implicit transaction.
-- option: lock_timeout = "5s"
-- option: transaction = "implicit"
-- file: migrations/0ÿÿÿÿÿÿÿÿes.sql
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE TABLE teams (id bigint PRIMARY KEY, name text);

-- file: migrations/0002_single.sql
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);

-- file: migrations/0003_several.sql
SELECT 1;
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);  -- expect: concurrently-in-transaction

-- file: migrations/0004_commit_does_not_help.sql
BEGIN;
ALTER TABLE users ADD COLUMN a text;
COMMIT;
CREATE INDEX CONCURRENTLY users_a_idx ON users (a);  -- expect: concurrently-in-transaction
