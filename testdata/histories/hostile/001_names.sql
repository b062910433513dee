-- Names that PostgreSQL chooses: truncation, numbering, what is taken already.
CREATE TABLE a_table_with_a_name_that_is_very_long_indeed_and_then_some_more (
  id serial PRIMARY KEY,
  a_column_with_a_name_that_is_very_long_indeed_and_then_some_more int UNIQUE CHECK (a_column_with_a_name_that_is_very_long_indeed_and_then_some_more > 0)
);
CREATE TABLE taken (a int CHECK (a > 0) CHECK (a < 10), b int, CONSTRAINT taken_b_check CHECK (a <> b), CHECK (b > 0), CHECK (a + b > 0), CHECK (true));
CREATE INDEX ON taken (a);
CREATE INDEX ON taken (a);
CREATE INDEX ON taken (a, b);
CREATE INDEX ON taken ((a + b), lower('x' || a::text));
CREATE INDEX ON taken (coalesce(a, b)) INCLUDE (b);
CREATE UNIQUE INDEX ON taken (b);
ALTER TABLE taken ADD UNIQUE (a), ADD UNIQUE (a, b), ADD UNIQUE (b);
CREATE TABLE taken_pkey (id int);
ALTER TABLE taken ADD COLUMN id bigserial PRIMARY KEY;
CREATE SEQUENCE other_id_seq;
CREATE TABLE other (id serial, parent int REFERENCES taken (a), parent_a int, parent_b int, FOREIGN KEY (parent_a, parent_b) REFERENCES taken (a, b) MATCH FULL, FOREIGN KEY (parent) REFERENCES taken (b) ON DELETE SET NULL);
CREATE TABLE "Mixed Case" ("Id" int PRIMARY KEY, "select" text UNIQUE, "Größe" int CHECK ("Größe" > 0));
CREATE INDEX ON "Mixed Case" (lower("select"));
CREATE TABLE excluded (id int, during tstzrange, EXCLUDE USING gist (during WITH &&), EXCLUDE USING gist (during WITH &&) WHERE (id > 3) DEFERRABLE);
