-- Carts get a date as soon as they are opened (the service does so since release 4.2).
-- Step 1 of 4: new rows are checked from now on.
BEGIN;
SET LOCAL lock_timeout = '3s';

ALTER TABLE orders
    ADD CONSTRAINT orders_placed_at_present CHECK (placed_at IS NOT NULL) NOT VALID;

COMMIT;
