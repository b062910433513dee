-- with a mark
CREATE TABLE a (id int);
