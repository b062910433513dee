-- What does not parse costs only itself.
CREATE TABL x (a int);
DROP TABLE kept_1;
CREATE TABLE lost_semicolon (a int)
CREATE TABLE kept_2 (b int);
ALTER TABLE t
  ALTER COLUMN a TYP int,
  DROP COLUMN b;
INSERT INTO a VALUES ('it's');
INSERT INTO kept_3 VALUES ('x');
DROP TABLE kept_4;
SELECT (1;
CREATE INDEX kept_5 ON t (a);
CREATE TABLE "unterminated (a int);
DROP TABLE kept_6;
CREATE FUNCTION f() RETURNS int AS $x$ SELECT 1;
DROP TABLE kept_7;
/* a comment without an end
DROP TABLE kept_8;
