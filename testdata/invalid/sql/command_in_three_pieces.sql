CREATE RULE r AS ON DELETE ::error file=x (INSERT INTO log);
CREATE TABLE kept (id bigint PRIMARY KEY);
