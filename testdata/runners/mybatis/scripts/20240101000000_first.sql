-- // first migration
-- Migration SQL that makes the change goes here.
CREATE TABLE a (id int);

-- //@UNDO
-- SQL to undo the change goes here.
DROP TABLE a;
