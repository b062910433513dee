DO $$
<<outer>>
DECLARE
  r record;
  tbl text := 'users';
  changed text := 'a';
  n int := (SELECT count(*) FROM counted);
  c CURSOR FOR SELECT * FROM cursed;
BEGIN
  -- a comment inside
  ALTER TABLE a ADD COLUMN b int;
  changed := 'b';
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'x') THEN
    CREATE TABLE x (id int);
  ELSIF n > 1 THEN
    DROP TABLE y;
  ELSE
    NULL;
  END IF;
  SELECT count(*), max(id) INTO STRICT n, r.x FROM users WHERE a = 1;
  INSERT INTO t VALUES (1) RETURNING id INTO n;
  PERFORM pg_sleep(1);
  RAISE NOTICE 'x %; y', n;
  CASE n WHEN 1 THEN DELETE FROM q; ELSE TRUNCATE q; END CASE;
  BEGIN
    UPDATE t SET a = 1 WHERE b;
  EXCEPTION WHEN unique_violation OR others THEN
    UPDATE t SET a = CASE WHEN b THEN 1 END;
  END;
  LOOP
    UPDATE once SET a = 1;
    EXIT WHEN n > 1;
  END LOOP;
  WHILE n > 0 LOOP n := n - 1; DELETE FROM w; END LOOP;
  FOR i IN 1..10 LOOP INSERT INTO nums VALUES (i); END LOOP;
  FOREACH n IN ARRAY ARRAY[1, 2] LOOP INSERT INTO arr VALUES (n); END LOOP;
  GET DIAGNOSTICS n = ROW_COUNT;
  COMMIT;
  CALL proc();
END outer;
$$;
DO $$
DECLARE
  r record;
  tbl constant text := 'users';
  changed text := 'a';
BEGIN
  changed := 'b';
  EXECUTE 'CREATE INDEX i ON users (a) WHERE b = ''x''';
  EXECUTE E'DROP TABLE a\n';
  EXECUTE 'ALTER TABLE ' || tbl || ' ADD COLUMN b int';
  EXECUTE format('ALTER TABLE %I ADD COLUMN %2$s int DEFAULT %L', tbl, 'z', 'x');
  EXECUTE format($f$ALTER TABLE users ALTER COLUMN a SET DEFAULT '%s%%'$f$, 'five');
  EXECUTE format('ALTER TABLE users ADD COLUMN %I int', changed);
  EXECUTE 'DROP TABLE ' || changed;
  EXECUTE 'UPDATE t SET a = ' || quote_literal(changed) || ' WHERE id = $1' USING 5;
  FOR r IN SELECT tablename FROM pg_tables LOOP
    EXECUTE format('ALTER TABLE %I DROP COLUMN c', r.tablename);
    EXECUTE 'DROP TABLE ' || quote_ident(r.tablename) || ' CASCADE';
    EXECUTE r.sql;
  END LOOP;
  FOR r IN EXECUTE 'SELECT * FROM dynamic' LOOP NULL; END LOOP;
  EXECUTE 'SELECT 1 FROM one' INTO r;
  EXECUTE 'DROP TABL broken';
  DROP TABL broken;
  DROP TABLE after_broken;
END
$$;
DO LANGUAGE plpgsql 'BEGIN DROP TABLE x; END';
DO LANGUAGE plpython3u $$ plpy.execute("DROP TABLE x") $$;
