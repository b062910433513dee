-- Revert shop:zebra from pg

BEGIN;
DROP TABLE zebra;
COMMIT;
