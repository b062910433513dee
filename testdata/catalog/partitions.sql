-- Partition trees: what CREATE … PARTITION OF, ATTACH and DETACH give and take. Measured on PostgreSQL 15.18.
CREATE TABLE kinds (id int PRIMARY KEY);
CREATE TABLE events (
  id bigint NOT NULL,
  day date NOT NULL,
  kind int REFERENCES kinds ON DELETE CASCADE,
  note text DEFAULT 'none' CHECK (note <> ''),
  PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE INDEX events_kind ON events (kind);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events (note DEFAULT 'x', CHECK (kind > 0)) FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')
  PARTITION BY RANGE (day);
CREATE TABLE events_2021_1 PARTITION OF events_2021 FOR VALUES FROM ('2021-01-01') TO ('2021-07-01');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX ON events (lower(note));
CREATE UNIQUE INDEX ON events (day, id);
ALTER TABLE events ALTER COLUMN kind TYPE bigint;
-- An index only on the parent is not valid until every partition has its part.
CREATE INDEX events_note ON ONLY events (note);
CREATE INDEX n2020 ON events_2020 (note);
CREATE INDEX n2021 ON ONLY events_2021 (note);
CREATE INDEX n2021_1 ON events_2021_1 (note);
CREATE INDEX ndefault ON events_default (note);
ALTER INDEX events_note ATTACH PARTITION n2020;
ALTER INDEX events_note ATTACH PARTITION n2021;
ALTER INDEX n2021 ATTACH PARTITION n2021_1;
ALTER INDEX events_note ATTACH PARTITION ndefault;
CREATE INDEX events_incomplete ON ONLY events (kind, note);
-- A table that becomes a partition: fitting indexes and keys are taken, the others are made.
CREATE TABLE events_2022 (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE UNIQUE INDEX fits ON events_2022 (day, id);
ALTER TABLE events_2022 ADD CONSTRAINT own_kind FOREIGN KEY (kind) REFERENCES kinds ON DELETE CASCADE;
ALTER TABLE events_2022 ADD CONSTRAINT own_key PRIMARY KEY (id, day);
ALTER TABLE events ATTACH PARTITION events_2022 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
ALTER TABLE events ADD COLUMN added int NOT NULL DEFAULT 1 CHECK (added > 0);
ALTER TABLE events ALTER COLUMN kind SET NOT NULL;
ALTER TABLE events RENAME COLUMN note TO remark;
ALTER TABLE events ADD CONSTRAINT checked CHECK (id > 0);
ALTER TABLE events RENAME CONSTRAINT checked TO verified;
ALTER TABLE events ADD UNIQUE (day, kind);
ALTER TABLE events DETACH PARTITION events_2020;
ALTER TABLE events DROP COLUMN added;
DROP INDEX events_kind;
DROP TABLE events_2021;
-- Hash, and a partition that comes and goes.
CREATE TABLE h (a int, b text, UNIQUE (a)) PARTITION BY HASH (a);
CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE h DROP CONSTRAINT h_a_key;
DROP TABLE h1;
