\set tbl users
\i other.sql
\connect elsewhere
ALTER TABLE :tbl DROP COLUMN a;
ALTER TABLE ${schema}.t DROP COLUMN a;
ALTER TABLE {{ .Schema }}.{{ .Table }} ADD COLUMN b int DEFAULT :n;
CREATE TABLE prefix_${env}_suffix (a int, b text DEFAULT :'txt');
UPDATE t SET a = :"col", b = x::int, c = y[1:2] WHERE d = '{{ kept }}' AND e = ':kept';
SET lock_timeout = :'timeout';
SET lock_timeout = :timeout;
{{ if .Postgres }}
DROP TABLE a;
{{ end }}
{{ .Everything }}
{% include "x.sql" %}
<%= erb %>
DROP TABLE b;
ALTER TABLE
  {{ .Table }}
  ADD COLUMN c int
  {{ .MoreColumns }}
;
CREATE INDEX i ON t (a) {{ .Where }};
\if :flag
DROP TABLE c;
\endif
SELECT 'DROP TABLE x' \gexec
SELECT 1 \g
DROP TABLE d;
COPY t FROM stdin;
1	x
\.
DROP TABLE e;
