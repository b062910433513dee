INSERT INTO users (id, email) VALUES (1, 'a'), (2, lower('B')) ON CONFLICT DO NOTHING;
INSERT INTO app.users SELECT * FROM old_users WHERE id IN (SELECT id FROM picked) RETURNING id;
INSERT INTO users DEFAULT VALUES;
UPDATE users SET email = lower(email), (a, b) = (1, 2);
UPDATE ONLY users u SET a = o.b FROM orgs o WHERE u.org = o.id AND NOT u.gone AND u.x BETWEEN 1 AND 2;
UPDATE users SET a = 1 WHERE true;
DELETE FROM users;
DELETE FROM users USING orgs WHERE users.org = orgs.id OR name LIKE 'a%' OR b IS DISTINCT FROM c;
WITH moved AS (DELETE FROM users WHERE id < 10 RETURNING *) INSERT INTO archive SELECT * FROM moved;
MERGE INTO users u USING new_users n ON u.id = n.id WHEN MATCHED THEN UPDATE SET a = n.a WHEN NOT MATCHED THEN INSERT VALUES (n.id);
COPY users (id, email) FROM stdin WITH (FORMAT csv);
1,';DROP TABLE users;
2,"$$
\.
COPY (SELECT * FROM users) TO '/tmp/x';
COPY users TO PROGRAM 'gzip';
SELECT a.id, b.*, coalesce(x, 1) FROM users a, LATERAL (SELECT * FROM orgs FOR UPDATE) b WHERE EXISTS (SELECT 1 FROM app.pets) LIMIT 3;
SELECT 1 UNION ALL SELECT 2 FROM users ORDER BY 1;
SELECT a.b, now() AT TIME ZONE 'utc', CASE x WHEN 1 THEN 'a' ELSE 'b' END AS c, ('1'::int)::text, extract(year FROM at), ARRAY[1], ROW(1, 2), t.c[1:2], -1, NULL, TRUE FROM t;
VALUES (1, 2);
TABLE users;
CALL app.proc(1, now());
EXPLAIN SELECT * FROM users;
EXPLAIN (ANALYZE, VERBOSE) DELETE FROM users;
EXPLAIN ANALYZE CREATE TABLE made AS SELECT 1;
