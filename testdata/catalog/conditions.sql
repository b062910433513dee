-- Statements that may have run or not: what they make is there, what they drop stays, both not exact.
CREATE TABLE a (id int PRIMARY KEY, name text, note text DEFAULT 'x', CONSTRAINT c CHECK (id > 0));
CREATE INDEX a_name ON a (name);
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE untouched (id int);
CREATE TABLE dropped (id int);
-- runs: unknown
ALTER TABLE a ADD COLUMN extra int;
ALTER TABLE a ALTER COLUMN name SET NOT NULL;
ALTER TABLE a ALTER COLUMN note DROP DEFAULT;
ALTER TABLE a DROP CONSTRAINT c;
DROP INDEX a_name;
DROP TABLE dropped;
CREATE TABLE made (id serial PRIMARY KEY);
CREATE INDEX made_index ON a (note);
ALTER TYPE mood ADD VALUE 'ok';
CREATE SEQUENCE numbers;
-- runs: yes
DROP TABLE perhaps;
CREATE TABLE made (id bigint, other text);
