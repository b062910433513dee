ALTER TABLE a ADD COLUMN b int;
-- down migration
ALTER TABLE a DROP COLUMN b;
