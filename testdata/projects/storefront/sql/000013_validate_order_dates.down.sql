BEGIN;
ALTER TABLE orders DROP CONSTRAINT orders_placed_at_present;
ALTER TABLE orders
    ADD CONSTRAINT orders_placed_at_present CHECK (placed_at IS NOT NULL) NOT VALID;
COMMIT;
