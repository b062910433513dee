CREATE TABLE model (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT 'x', n int CHECK (n > 0), doubled int GENERATED ALWAYS AS (n * 2) STORED,
  CONSTRAINT model_named CHECK (name <> ''), UNIQUE (name), EXCLUDE USING btree (n WITH =)
);
CREATE INDEX model_lower ON model (lower(name)) WHERE n > 3;
CREATE TABLE like_plain (LIKE model);
CREATE TABLE like_all (LIKE model INCLUDING ALL);
CREATE TABLE like_some (LIKE model INCLUDING DEFAULTS INCLUDING CONSTRAINTS, extra int);
CREATE TABLE like_indexes (first int, LIKE model INCLUDING INDEXES);
CREATE TABLE like_except (LIKE model INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY);
CREATE TABLE serial_model (id serial PRIMARY KEY, v text);
CREATE TABLE like_serial (LIKE serial_model INCLUDING ALL);
