-- rambler up

CREATE TABLE a (id int);

-- rambler down

DROP TABLE a;

-- rambler up

CREATE TABLE b (id int);

-- rambler down

DROP TABLE b;
