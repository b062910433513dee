-- The check must go first: it would refuse what this restores.
BEGIN;
ALTER TABLE orders DROP CONSTRAINT orders_placed_at_present;
UPDATE orders SET placed_at = NULL WHERE status = 'cart' AND placed_at = created_at;
ALTER TABLE orders
    ADD CONSTRAINT orders_placed_at_present CHECK (placed_at IS NOT NULL) NOT VALID;
COMMIT;
