BEGIN;
SET LOCAL lock_timeout = '3s';

ALTER TABLE customers ADD COLUMN marketing_consent boolean;

-- Whoever reads the newsletter has agreed to it.
UPDATE customers SET marketing_consent = newsletter;

COMMIT;
