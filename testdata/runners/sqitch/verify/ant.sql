-- Verify shop:ant on pg

SELECT id FROM ant;
ROLLBACK;
