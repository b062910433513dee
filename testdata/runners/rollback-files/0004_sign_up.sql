ALTER TABLE a ADD COLUMN signed boolean;
