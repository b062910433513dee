-- Step 4 of 4: the check has proved it, so this needs no scan.
BEGIN;
SET LOCAL lock_timeout = '3s';

ALTER TABLE orders
    ALTER COLUMN placed_at SET NOT NULL,
    DROP CONSTRAINT orders_placed_at_present;

COMMIT;
