CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE tasks (id int PRIMARY KEY, state state NOT NULL DEFAULT 'new', was state DEFAULT 'done'::state, CHECK (state <> 'done'));
CREATE INDEX tasks_open ON tasks (id) WHERE state = 'new';
ALTER TYPE state RENAME VALUE 'new' TO 'open';
ALTER TYPE state RENAME TO task_state;
CREATE SCHEMA kept;
ALTER TYPE task_state SET SCHEMA kept;
CREATE TYPE kept.other AS ENUM ('a');
ALTER TABLE tasks ADD COLUMN other kept.other, ADD COLUMN others kept.other[];
