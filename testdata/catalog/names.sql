-- The names that PostgreSQL chooses. Measured: a PostgreSQL 15.18 server chose every one in names.catalog.
CREATE TABLE users (
  id serial PRIMARY KEY,
  email varchar(255) UNIQUE,
  age int CHECK (age > 0) CHECK (age < 200),
  a int, b int,
  CHECK (a < b),
  CHECK (true),
  UNIQUE (a, b)
);
CREATE INDEX ON users (lower(email));
CREATE INDEX ON users (lower(email));
CREATE INDEX ON users ((a + b), (b - a), a);
CREATE INDEX ON users (a) INCLUDE (b);
CREATE INDEX ON users ((email::text), (a::bigint), ((a + b)::numeric), (coalesce(a, b)), (CASE WHEN a > 0 THEN 1 ELSE b END));
CREATE INDEX ON users (email DESC NULLS LAST) WHERE a IS NOT NULL;
ALTER TABLE users ADD UNIQUE (a, b);
ALTER TABLE users ADD CHECK (a > 0);
ALTER TABLE users ADD CHECK (users.a > 1);
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  author int REFERENCES users,
  editor int REFERENCES users (id) ON DELETE SET NULL,
  FOREIGN KEY (author, editor) REFERENCES users (a, b)
);
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users;
-- Two names of 63 bytes and more are cut, the longer one first.
CREATE TABLE a_table_with_a_really_long_name_that_is_nearly_sixty_three_bytes (
  a_column_with_a_really_long_name_as_well_in_it serial PRIMARY KEY,
  b_column_with_a_really_long_name_as_well_in_it int UNIQUE,
  c int CHECK (c > 0),
  d int CHECK (d > 0) REFERENCES users
);
CREATE INDEX ON a_table_with_a_really_long_name_that_is_nearly_sixty_three_bytes (b_column_with_a_really_long_name_as_well_in_it, c, d);
CREATE INDEX ON a_table_with_a_really_long_name_that_is_nearly_sixty_three_bytes (b_column_with_a_really_long_name_as_well_in_it, c, d);
CREATE TABLE short (a_column_with_a_really_long_name_that_is_nearly_sixty_three_by serial, x int CHECK (x > 0));
-- Multi-byte names are cut between characters, names of one's own at 63 bytes.
CREATE TABLE "grüße_grüße_grüße_grüße_grüße_grüße_gr" ("größe_größe_größe_größe" int UNIQUE);
CREATE TABLE t (a int, CONSTRAINT a_constraint_whose_name_is_longer_than_sixty_three_bytes_and_so_cut CHECK (a > 0));
CREATE INDEX an_index_whose_name_is_longer_than_sixty_three_bytes_and_so_is_cut ON t (a);
-- A name that is taken by another relation, or by another constraint.
CREATE TABLE x_a_idx (x_a_check int);
CREATE SEQUENCE x_b_seq;
CREATE TABLE x (a int UNIQUE CHECK (a > 0), b serial);
CREATE INDEX ON x (a);
CREATE TABLE y (a int, CONSTRAINT z_a_check CHECK (a > 0), CONSTRAINT z_a_key UNIQUE (a));
CREATE TABLE z (a int CHECK (a > 0) UNIQUE);
-- One index for a key that is said twice.
CREATE TABLE twice (id int UNIQUE PRIMARY KEY, a int UNIQUE, UNIQUE (a), CONSTRAINT named UNIQUE (id));
CREATE DOMAIN positive AS int CHECK (VALUE > 0) CHECK (VALUE < 100);
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (room int, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
