--liquibase formatted sql

--changeset ann:create-users labels:"a b" context:prod
--comment: the users
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE groups (id bigint);
--rollback DROP TABLE groups;
--rollback DROP TABLE
--rollback   users;

--changeset "bob b":2 runInTransaction:false dbms:postgresql,h2
CREATE INDEX CONCURRENTLY users_idx ON users (id);
/* liquibase rollback
DROP INDEX CONCURRENTLY users_idx;
*/

--changeset ann:3 dbms:mysql
ALTER TABLE users MODIFY COLUMN id int;

--changeset ann:4 splitStatements:false dbms:!oracle
INSERT INTO users VALUES (1);
--rollback empty

-- changeset ann:5
UPDATE users SET id = 2 WHERE id = 1;
