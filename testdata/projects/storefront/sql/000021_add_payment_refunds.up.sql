BEGIN;
SET LOCAL lock_timeout = '3s';

ALTER TABLE payments
    ADD COLUMN refunds_payment_id bigint,
    ADD CONSTRAINT payments_refunds_payment_id_fkey
        FOREIGN KEY (refunds_payment_id) REFERENCES payments (id) NOT VALID;

COMMIT;
