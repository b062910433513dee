-- Step 3 of 4: old rows; reads and writes go on meanwhile.
ALTER TABLE orders VALIDATE CONSTRAINT orders_placed_at_present;
