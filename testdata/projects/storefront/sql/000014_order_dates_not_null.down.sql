ALTER TABLE orders
    ADD CONSTRAINT orders_placed_at_present CHECK (placed_at IS NOT NULL),
    ALTER COLUMN placed_at DROP NOT NULL;
