ALTER TABLE orders DROP CONSTRAINT orders_placed_at_present;
