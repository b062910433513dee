BEGIN;
SET LOCAL lock_timeout = '3s';

-- Staging has had this since the incident of 3 March, production has not.
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_constraint
         WHERE conrelid = 'orders'::regclass AND conname = 'orders_total_not_negative'
    ) THEN
        ALTER TABLE orders
            ADD CONSTRAINT orders_total_not_negative CHECK (total_cents >= 0);
    END IF;
END
$$;

COMMIT;
