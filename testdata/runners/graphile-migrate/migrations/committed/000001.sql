--! Previous: -
--! Hash: sha1:abc

CREATE TABLE a (id int);
