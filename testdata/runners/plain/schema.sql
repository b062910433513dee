-- The whole schema.
CREATE TABLE a (id int);
