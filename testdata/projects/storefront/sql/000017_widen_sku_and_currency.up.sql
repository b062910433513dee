BEGIN;
SET LOCAL lock_timeout = '3s';

-- The new supplier's article numbers are longer.
ALTER TABLE products ALTER COLUMN sku TYPE varchar(64);

-- Some providers answer "eur": store one spelling, and leave room for their test currencies.
ALTER TABLE payments ALTER COLUMN currency TYPE text USING upper(currency);

COMMIT;
