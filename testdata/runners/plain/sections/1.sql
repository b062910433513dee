-- UP
CREATE TABLE a (id int);
-- DOWN
DROP TABLE a;
