-- create "team" table
CREATE TABLE "team" ("id" int);
