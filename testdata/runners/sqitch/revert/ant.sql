-- Revert shop:ant from pg

BEGIN;
DROP TABLE ant;
COMMIT;
