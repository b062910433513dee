-- What each of our own statements (statements.txt) starts from: few tables, one of each kind that PostgreSQL treats differently, all
-- with rows. Lines behind a mark `-- N+` run on servers of that major version or newer. The role app exists.

-- Types.
CREATE SCHEMA s2;
GRANT ALL ON SCHEMA public, s2 TO app;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE comp AS (x int, y text);
CREATE DOMAIN d_int AS int;
CREATE DOMAIN d_pos AS int CHECK (VALUE > 0);
CREATE SEQUENCE seq_free;
CREATE FUNCTION f_stable() RETURNS int LANGUAGE plpgsql STABLE AS 'begin return 1; end';
CREATE FUNCTION f_unmarked() RETURNS int LANGUAGE plpgsql AS 'begin return 1; end';
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';

-- t: a busy table with every kind of column, check and index, and a view and a materialized view over it.
CREATE TABLE t (
  id int CONSTRAINT t_pkey PRIMARY KEY,
  a int CONSTRAINT t_a_chk CHECK (a >= 0),
  b int,
  n int,
  n_chk int CONSTRAINT t_n_chk_nn CHECK (n_chk IS NOT NULL),
  nn int NOT NULL,
  s text,
  vc varchar(50),
  email text CONSTRAINT t_email_key UNIQUE,
  m mood,
  ts timestamp,
  j json);
INSERT INTO t SELECT i, i, i, i, i, i, 'text ' || i, 'vc ' || i, i || '@example.org', 'ok', '2024-01-01'::timestamp + i * interval '1 hour', '{}'
  FROM generate_series(1, 2500) i;
ALTER TABLE t ADD CONSTRAINT t_b_nv CHECK (b >= 0) NOT VALID;
CREATE INDEX t_ab ON t (a, b);
CREATE INDEX t_vc ON t (vc);
CREATE INDEX t_lower ON t (lower(s));
CREATE INDEX t_part ON t (b) WHERE b > 10;
CREATE UNIQUE INDEX t_nn_uq ON t (nn);
CREATE UNIQUE INDEX t_n_uq ON t (n);
CREATE VIEW v AS SELECT id, s AS vs FROM t;
CREATE MATERIALIZED VIEW mv AS SELECT id, s AS ms FROM t;
CREATE UNIQUE INDEX mv_id ON mv (id);

-- parent ← child: one validated reference, one NOT VALID, one column that only could refer; tree: a column that could refer to itself.
CREATE TABLE parent (id int CONSTRAINT parent_pkey PRIMARY KEY, code text NOT NULL CONSTRAINT parent_code_key UNIQUE, x int);
INSERT INTO parent SELECT i, 'c' || i, i FROM generate_series(1, 1500) i;
CREATE TABLE child (id int PRIMARY KEY, parent_id int CONSTRAINT child_fk REFERENCES parent (id), p2 int, p3 int, code text, note text);
INSERT INTO child SELECT i, 1 + i % 1500, 1 + i % 1500, 1 + i % 1500, 'c' || (1 + i % 1500), 'n' || i FROM generate_series(1, 2000) i;
ALTER TABLE child ADD CONSTRAINT child_nv_fk FOREIGN KEY (p3) REFERENCES parent (id) NOT VALID;
CREATE INDEX child_parent_idx ON child (parent_id);
CREATE TABLE tree (id int PRIMARY KEY, up int);
INSERT INTO tree SELECT i, nullif(i / 2, 0) FROM generate_series(1, 1000) i;

-- Keys by hand, by sequence, by identity; unlogged; small.
CREATE TABLE nopk (a int, nn int NOT NULL, nchk int CONSTRAINT nopk_nchk CHECK (nchk IS NOT NULL));
INSERT INTO nopk SELECT i, i, i FROM generate_series(1, 1500) i;
CREATE UNIQUE INDEX nopk_a_uq ON nopk (a);
CREATE UNIQUE INDEX nopk_nn_uq ON nopk (nn);
CREATE UNIQUE INDEX nopk_nchk_uq ON nopk (nchk);
CREATE TABLE ser (id serial PRIMARY KEY, x int);
INSERT INTO ser (x) SELECT i FROM generate_series(1, 1000) i;
CREATE TABLE idt (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x int NOT NULL);
INSERT INTO idt (x) SELECT i FROM generate_series(1, 1000) i;
CREATE UNLOGGED TABLE u (id int PRIMARY KEY, a int);
INSERT INTO u SELECT i, i FROM generate_series(1, 1000) i;
CREATE TABLE other (id int);
INSERT INTO other SELECT i FROM generate_series(1, 10) i;
CREATE TABLE dtab (id int, c d_pos, d d_int);
INSERT INTO dtab SELECT i, i, i FROM generate_series(1, 1000) i;

-- Inheritance; a trigger, a rule and a policy.
CREATE TABLE inh_parent (id int, a int);
CREATE TABLE inh_child (extra int) INHERITS (inh_parent);
INSERT INTO inh_parent SELECT i, i FROM generate_series(1, 600) i;
INSERT INTO inh_child SELECT i, i, i FROM generate_series(1, 600) i;
CREATE TABLE inh_cand (id int, a int, z int);
INSERT INTO inh_cand SELECT i, i, i FROM generate_series(1, 600) i;
CREATE TABLE trt (id int PRIMARY KEY, a int);
INSERT INTO trt SELECT i, i FROM generate_series(1, 600) i;
CREATE TRIGGER trt_trg BEFORE UPDATE ON trt FOR EACH ROW EXECUTE PROCEDURE trg();
CREATE RULE trt_rule AS ON DELETE TO trt DO ALSO NOTHING;
CREATE POLICY trt_pol ON trt USING (true);

-- Partitions without a default one; tables that could become one: without a check, with one, with one that is NOT VALID.
CREATE TABLE pt2 (id int NOT NULL, k int NOT NULL, v text, w int) PARTITION BY RANGE (k);
CREATE TABLE q1 PARTITION OF pt2 FOR VALUES FROM (0) TO (1000);
CREATE TABLE q2 PARTITION OF pt2 FOR VALUES FROM (1000) TO (2000);
INSERT INTO pt2 SELECT i, i, 'v' || i, i FROM generate_series(1, 1999) i;
CREATE TABLE cand (id int NOT NULL, k int NOT NULL, v text, w int);
INSERT INTO cand SELECT i, i, 'v', i FROM generate_series(3000, 3599) i;
CREATE TABLE cand_chk (id int NOT NULL, k int NOT NULL, v text, w int, CONSTRAINT cand_chk_k CHECK (k >= 3000 AND k < 4000));
INSERT INTO cand_chk SELECT i, i, 'v', i FROM generate_series(3000, 3599) i;
CREATE TABLE cand_nv (id int NOT NULL, k int NOT NULL, v text, w int);
INSERT INTO cand_nv SELECT i, i, 'v', i FROM generate_series(3000, 3599) i;
ALTER TABLE cand_nv ADD CONSTRAINT cand_nv_k CHECK (k >= 3000 AND k < 4000) NOT VALID;

-- 11+
-- Partitions with a default one, a key and an index.
CREATE TABLE pt (id int NOT NULL, k int NOT NULL, v text, w int, CONSTRAINT pt_pkey PRIMARY KEY (id, k)) PARTITION BY RANGE (k);
CREATE TABLE p1 PARTITION OF pt FOR VALUES FROM (0) TO (1000);
CREATE TABLE p2 PARTITION OF pt FOR VALUES FROM (1000) TO (2000);
CREATE TABLE pdef PARTITION OF pt DEFAULT;
INSERT INTO pt SELECT i, i, 'v' || i, i FROM generate_series(1, 1999) i;
INSERT INTO pt SELECT i, i, 'v' || i, i FROM generate_series(10000, 10600) i;
CREATE INDEX pt_w ON pt (w);
-- 12+
-- A stored generated column.
CREATE TABLE gen (id int PRIMARY KEY, a int, b int, g int GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO gen (id, a, b) SELECT i, i, i FROM generate_series(1, 1000) i;
-- 18+
-- A virtual one.
CREATE TABLE vgen (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a * 2) VIRTUAL);
INSERT INTO vgen (id, a) SELECT i, i FROM generate_series(1, 1000) i;
