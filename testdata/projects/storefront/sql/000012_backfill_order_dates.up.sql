-- Step 2 of 4: only abandoned carts from before 2024 have no date, a few thousand rows.
UPDATE orders SET placed_at = created_at WHERE placed_at IS NULL;
